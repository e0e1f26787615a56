package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
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
 * How long does it take to find a file by its path, and how does that grow with the depth of the
 * path? And to find out that there is none?
 *
 * <p>The path has {@code depth} directories below that of the trial. A target that works by path
 * resolves all of it in every call; MooseNG opens and closes the file, for its protocol has no
 * look-up. {@code statMissing} asks for a name that does not exist in the deepest directory, and
 * counts it as a failure if it is found.
 *
 * <p>Does not measure caches of names in a client: none of ours has one, a mounted file system's
 * kernel does.
 */
@Measures(OperationKind.METADATA)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PathBenchmark {

  /** Directories between the trial's and the file. */
  @Param({"1", "3", "5", "10"})
  public int depth;

  private String path;
  private String missing;

  @Setup(Level.Trial)
  public void makePath(FileTarget files) {
    StringBuilder names = new StringBuilder(files.path());
    FileRef directory = files.directory();
    for (int i = 1; i <= depth; i++) {
      FileRef parent = directory;
      String name = "level-" + i;
      directory =
          files.session().setUp((driver, trace) -> driver.createDirectory(parent, name, trace));
      names.append('/').append(name);
    }
    FileRef deepest = directory;
    files.session().setUp((driver, trace) -> driver.create(deepest, "file", trace));
    path = names + "/file";
    missing = names + "/missing";
  }

  @Benchmark
  public Outcome<FileInfo> statPath(FileTarget files) {
    return files.target().statPath(path);
  }

  @Benchmark
  public Outcome<Boolean> statMissing(FileTarget files) {
    return files.target().statMissing(missing);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(PathBenchmark.class, args);
  }
}
