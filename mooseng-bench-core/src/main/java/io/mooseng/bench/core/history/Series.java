package io.mooseng.bench.core.history;

import java.util.List;

/**
 * Values of several runs that can be set on one line.
 *
 * @param points oldest first
 */
public record Series(SeriesKey key, List<SeriesPoint> points) {

  public Series {
    points = List.copyOf(points);
  }
}
