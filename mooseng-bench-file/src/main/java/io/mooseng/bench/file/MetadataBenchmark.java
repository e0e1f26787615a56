package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.util.UUID;
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
 * How long does one operation on names and attributes take: create, stat, list, rename, delete?
 *
 * <p>Stat and rename work on one file; list reads the first page of a directory of {@value
 * #LISTED_FILES} files; create makes a new empty file; delete removes a file that was created
 * before it. What a method must do besides its own operation (the create before a delete) is
 * outside of the recorded latency but inside JMH's own score and the throughput.
 *
 * <p>Does not measure deep paths, large directories, or contention (use {@code -t} for several
 * clients; each has a directory of its own).
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
  private FileRef file;
  private long counter;

  @Setup(Level.Trial)
  public void makeListedDirectory(FileTarget files) {
    // In the directory of the trial, and removed with it: JMH tears that down before this state.
    String name = "listed-" + UUID.randomUUID();
    listed =
        files
            .session()
            .setUp((driver, trace) -> driver.createDirectory(files.directory(), name, trace));
    for (int i = 0; i < LISTED_FILES; i++) {
      create(files, listed, "entry-" + i);
    }
  }

  @Setup(Level.Iteration)
  public void makeChangingDirectory(FileTarget files) {
    changing = files.session().newDirectory("changing");
    file = create(files, changing, "file");
  }

  @TearDown(Level.Iteration)
  public void removeChangingDirectory(FileTarget files) {
    files.session().remove(changing);
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
    return files.target().stat(file);
  }

  @Benchmark
  public Outcome<ListPage> list(FileTarget files) {
    return files.target().list(listed, 0, LISTED_FILES);
  }

  @Benchmark
  public Outcome<FileRef> rename(FileTarget files) {
    Outcome<FileRef> outcome = files.target().rename(file, changing, "renamed-" + counter++);
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
