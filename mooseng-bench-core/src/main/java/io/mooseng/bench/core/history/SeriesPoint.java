package io.mooseng.bench.core.history;

import java.time.Instant;

/**
 * The value of one run in a series.
 *
 * @param lo lower end of its 95 % confidence interval between forks; null if it has none
 * @param hi upper end
 */
public record SeriesPoint(
    String runId, Instant startedAt, String commit, double value, Double lo, Double hi) {}
