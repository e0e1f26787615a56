package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Reads runs to be compared. */
final class RunFiles {

  private static final String HISTOGRAMS = "histograms.hlog";

  private RunFiles() {}

  /**
   * Reads a run; its histograms only when somebody asks for one.
   *
   * @param path a run directory, or a {@code run.json} under any name: the histograms are beside it
   * @throws io.mooseng.bench.core.result.RunDirectoryException with one line naming the file
   */
  static Comparer.Input read(Path path) {
    return read(path, RunReader::readForComparison);
  }

  private static Comparer.Input read(Path path, Function<Path, RunRecord> reader) {
    Path directory = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    Path log = directory.resolve(HISTOGRAMS);
    ForkHistograms histograms = Files.isRegularFile(log) ? new Lazy(log) : ForkHistograms.NONE;
    return new Comparer.Input(reader.apply(path), histograms);
  }

  /**
   * Reads two runs at the same time: large ones take seconds each.
   *
   * @param metrics that are asked for besides the primary ones: of other values that iterations
   *     have none is kept
   * @throws io.mooseng.bench.core.result.RunDirectoryException with one line naming the file
   */
  static Two readBoth(Path base, Path candidate, Collection<String> metrics) {
    Set<String> kept = new HashSet<>(metrics);
    // What a search found, a primary metric, is such a value.
    kept.add(Quantity.MAX_RATE.label());
    Function<Path, RunRecord> reader = path -> RunReader.readWithValues(path, kept);
    CompletableFuture<Comparer.Input> other =
        CompletableFuture.supplyAsync(() -> read(candidate, reader));
    Comparer.Input one = read(base, reader);
    try {
      return new Two(one, other.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Two runs to be compared. */
  record Two(Comparer.Input base, Comparer.Input candidate) {}

  /** For any number of threads. */
  private static final class Lazy implements ForkHistograms {
    private final Path log;
    private HistogramIndex index;

    Lazy(Path log) {
      this.log = log;
    }

    @Override
    public Optional<Histogram> of(RowKey row, int fork, String series) {
      return index().of(row, fork, series);
    }

    private synchronized HistogramIndex index() {
      if (index == null) {
        index = HistogramIndex.open(log);
      }
      return index;
    }
  }
}
