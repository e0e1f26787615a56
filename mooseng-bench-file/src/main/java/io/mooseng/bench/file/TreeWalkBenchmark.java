package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.SetUpProgress;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.TargetDriver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to walk a tree of directories and learn the type and size of everything in
 * it, as {@code find}, {@code du} and backups do?
 *
 * <p>One operation walks the whole tree; that all files were met is checked. A target whose
 * listings tell what the entries are (MooseNG) needs one call for each page; one that lists names
 * only (any {@code java.nio.file} file system) is asked for each entry, too. The tree is made once
 * per trial: {@code files} empty files, {@value #FILES_PER_DIRECTORY} to a directory, directories
 * nested {@value #DIRECTORIES_PER_DIRECTORY} to one.
 *
 * <p>Does not measure reading the files, nor several walkers (use {@code -t} for those).
 */
@Measures(OperationKind.METADATA)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TreeWalkBenchmark {

  static final int FILES_PER_DIRECTORY = 20;
  static final int DIRECTORIES_PER_DIRECTORY = 4;
  private static final int PAGE_ENTRIES = 1_000;

  /** Files in the tree. */
  @Param("1000")
  public int files;

  private FileRef top;

  @Setup(Level.Trial)
  public void makeTree(FileTarget target) {
    top = target.newDirectory("tree");
    SetUpProgress progress = target.session().progress("files to walk", files);
    Deque<FileRef> toFill = new ArrayDeque<>(List.of(top));
    int made = 0;
    while (made < files) {
      FileRef directory = toFill.remove();
      for (int i = 0; i < FILES_PER_DIRECTORY && made < files; i++, made++) {
        String name = "file-" + i;
        target.session().setUp((driver, trace) -> driver.create(directory, name, trace));
        progress.step();
      }
      for (int i = 0; i < DIRECTORIES_PER_DIRECTORY; i++) {
        String name = "directory-" + i;
        toFill.add(
            target
                .session()
                .setUp((driver, trace) -> driver.createDirectory(directory, name, trace)));
      }
    }
  }

  @Benchmark
  public Outcome<Integer> walk(FileTarget target) {
    TargetDriver driver = target.target().driver();
    return target
        .target()
        .together(
            0,
            trace -> {
              int met = countFiles(driver, trace);
              if (met != files) {
                throw OperationException.light(
                    FailureKind.CORRUPT, "met " + met + " of " + files + " files");
              }
              return met;
            });
  }

  private int countFiles(TargetDriver driver, OperationTrace trace) throws OperationException {
    int[] met = {0};
    Deque<FileRef> left = new ArrayDeque<>(List.of(top));
    while (!left.isEmpty()) {
      DirectoryListing.read(
          driver,
          left.remove(),
          PAGE_ENTRIES,
          entry -> {
            Optional<FileInfo> told = entry.info();
            FileInfo info = told.isPresent() ? told.get() : driver.stat(entry.file(), trace);
            if (info.directory()) {
              left.add(entry.file());
            } else {
              met[0]++;
            }
          },
          trace);
    }
    return met[0];
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(TreeWalkBenchmark.class, args);
  }
}
