package io.mooseng.bench.core.history;

import io.mooseng.bench.core.analysis.change.ChangePointDetector;
import io.mooseng.bench.core.analysis.change.ChangePoints;
import io.mooseng.bench.core.model.Direction;
import java.util.List;
import java.util.Optional;

/**
 * A series and where it changed its level.
 *
 * @param found empty if the series cannot be searched: a value of 0 or less has no logarithm
 */
public record Trend(Series series, Optional<ChangePoints> found) {

  /**
   * Searches series for changes. The same series give the same answer, on every machine: the seed
   * of each search is its key.
   */
  public static List<Trend> of(List<Series> all) {
    ChangePointDetector detector = ChangePointDetector.ofHistory();
    return all.parallelStream().map(series -> of(series, detector)).toList();
  }

  private static Trend of(Series series, ChangePointDetector detector) {
    List<SeriesPoint> points = series.points();
    if (points.stream().anyMatch(point -> !(point.value() > 0))) {
      return new Trend(series, Optional.empty());
    }
    double[] logs = points.stream().mapToDouble(point -> StrictMath.log(point.value())).toArray();
    long seed = ChangePointDetector.seedOf(series.key().text());
    return new Trend(series, Optional.of(detector.detect(logs, seed)));
  }

  /** Changes that were found, oldest first. */
  public List<ChangePoints.Change> changes() {
    return found.map(ChangePoints::changes).orElse(List.of());
  }

  /** What may be a change, if the next runs agree. */
  public Optional<ChangePoints.Suspect> suspect() {
    return found.flatMap(ChangePoints::suspect);
  }

  /** Whether a change of this sign is for the worse. */
  public boolean isWorse(double effect) {
    return series.key().direction() == Direction.LOWER ? effect > 0 : effect < 0;
  }
}
