package io.mooseng.bench.core.analysis;

import io.mooseng.bench.core.result.RowKey;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Where the histograms of forks are. */
@FunctionalInterface
public interface ForkHistograms {

  /** None is kept, as with a {@code run.json} that stands alone. */
  ForkHistograms NONE = (row, fork, series) -> Optional.empty();

  /**
   * The histogram of one series of one fork, in nanoseconds; not to be changed.
   *
   * @param series {@code latency}, {@code response}, {@code stage.first-byte}
   */
  Optional<Histogram> of(RowKey row, int fork, String series);
}
