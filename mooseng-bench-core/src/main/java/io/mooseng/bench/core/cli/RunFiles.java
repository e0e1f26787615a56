package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.result.HistogramLog;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    Path directory = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    Path log = directory.resolve(HISTOGRAMS);
    ForkHistograms histograms = Files.isRegularFile(log) ? new Lazy(log) : ForkHistograms.NONE;
    return new Comparer.Input(RunReader.read(path), histograms);
  }

  /** Used by one thread. */
  private static final class Lazy implements ForkHistograms {
    private final Path log;
    private Map<HistogramTag, Histogram> all;

    Lazy(Path log) {
      this.log = log;
    }

    @Override
    public Optional<Histogram> of(RowKey row, int fork, String series) {
      if (all == null) {
        all = HistogramLog.read(log);
      }
      return Optional.ofNullable(all.get(new HistogramTag(row, fork, series)));
    }
  }
}
