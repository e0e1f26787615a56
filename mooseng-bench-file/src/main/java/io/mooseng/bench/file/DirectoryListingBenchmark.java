package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.SetUpProgress;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.TargetDriver;
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
 * How long does it take to list a whole directory, page by page, and how does that grow with its
 * entries?
 *
 * <p>One operation reads all pages; that every entry came is checked. The files are made once per
 * trial and are empty.
 *
 * <p>Does not measure what the entries are (see {@link TreeWalkBenchmark}), nor listing while the
 * directory changes.
 */
@Measures(OperationKind.METADATA)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DirectoryListingBenchmark {

  /** Entries of the directory. */
  @Param({"10", "100", "1000", "10000"})
  public int entries;

  /** Most entries of one page. */
  @Param("1000")
  public int pageEntries;

  private FileRef listed;

  @Setup(Level.Trial)
  public void makeDirectory(FileTarget files) {
    listed = files.newDirectory("listed");
    SetUpProgress progress = files.session().progress("files to list", entries);
    for (int i = 0; i < entries; i++) {
      String name = "entry-" + i;
      files.session().setUp((driver, trace) -> driver.create(listed, name, trace));
      progress.step();
    }
  }

  @Benchmark
  public Outcome<Integer> listAll(FileTarget files) {
    TargetDriver driver = files.target().driver();
    return files
        .target()
        .together(
            0,
            trace -> {
              int found = DirectoryListing.count(driver, listed, pageEntries, trace);
              if (found != entries) {
                throw OperationException.light(
                    FailureKind.CORRUPT, "listed " + found + " of " + entries + " entries");
              }
              return found;
            });
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(DirectoryListingBenchmark.class, args);
  }
}
