package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.SetUpProgress;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one operation on names and attributes take: create, stat, list, rename within a
 * directory and across two, delete?
 *
 * <p>Stat and the renames work on one file; list reads the first page of a directory of {@value
 * #LISTED_FILES} files; create makes a new empty file; delete removes a file that was created
 * before it. What a method must do besides its own operation (the create before a delete) is
 * outside of the recorded latency but inside JMH's own score and the throughput.
 *
 * <p>Does not measure deep paths, large directories (see {@link DirectoryListingBenchmark}), or
 * contention (use {@code -t} for several clients; each has a directory of its own).
 */
@Measures(OperationKind.METADATA)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetadataBenchmark {

  /** Files in the directory that {@link #list} reads. */
  static final int LISTED_FILES = 100;

  private FileRef listed;
  private FileRef changing;
  private FileRef other;
  private FileRef file;
  private long counter;

  @Setup(Level.Trial)
  public void makeListedDirectory(FileTarget files) {
    // In the directory of the trial, and removed with it: JMH tears that down before this state.
    listed = files.newDirectory("listed");
    SetUpProgress progress = files.session().progress("files of a directory", LISTED_FILES);
    for (int i = 0; i < LISTED_FILES; i++) {
      create(files, listed, "entry-" + i);
      progress.step();
    }
  }

  @Setup(Level.Iteration)
  public void makeChangingDirectory(FileTarget files) {
    changing = files.session().newDirectory("changing");
    other = files.session().newDirectory("other");
    file = create(files, changing, "file");
  }

  @TearDown(Level.Iteration)
  public void removeChangingDirectory(FileTarget files) {
    files.session().cleanUp(changing);
    files.session().cleanUp(other);
  }

  private static FileRef create(FileTarget files, FileRef directory, String name) {
    return files.session().setUp((driver, trace) -> driver.create(directory, name, trace));
  }

  @Benchmark
  public Outcome<FileRef> create(FileTarget files) {
    return files.target().create(changing, "new-" + counter++);
  }

  @Benchmark
  public Outcome<FileInfo> stat(FileTarget files) {
    return files
        .target()
        .checked(0, trace -> files.target().driver().stat(file, trace), MetadataBenchmark::wrong);
  }

  @Benchmark
  public Outcome<ListPage> list(FileTarget files) {
    return files
        .target()
        .checked(
            0,
            trace -> files.target().driver().list(listed, 0, LISTED_FILES, trace),
            MetadataBenchmark::wrong);
  }

  private static Optional<String> wrong(FileInfo info) {
    return info.directory() || info.size() != 0
        ? Optional.of("an empty file is told to be " + info)
        : Optional.empty();
  }

  private static Optional<String> wrong(ListPage page) {
    return page.entries().size() != LISTED_FILES || page.hasMore()
        ? Optional.of(
            "a directory of %d files is told to have %d%s"
                .formatted(LISTED_FILES, page.entries().size(), page.hasMore() ? " and more" : ""))
        : Optional.empty();
  }

  @Benchmark
  public Outcome<FileRef> rename(FileTarget files) {
    return renamed(files.target().rename(file, changing, "renamed-" + counter++));
  }

  @Benchmark
  public Outcome<FileRef> renameAcross(FileTarget files) {
    FileRef there = counter % 2 == 0 ? other : changing;
    return renamed(files.target().rename(file, there, "renamed-" + counter++));
  }

  private Outcome<FileRef> renamed(Outcome<FileRef> outcome) {
    if (outcome instanceof Outcome.Success<FileRef> success) {
      file = success.value();
    }
    return outcome;
  }

  @Benchmark
  public Outcome<Boolean> delete(FileTarget files) {
    return files.target().delete(create(files, changing, "doomed-" + counter++));
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(MetadataBenchmark.class, args);
  }
}
