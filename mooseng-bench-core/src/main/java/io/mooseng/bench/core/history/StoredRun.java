package io.mooseng.bench.core.history;

import java.time.Instant;

/**
 * A run in the history.
 *
 * @param status as in {@code run.json}; {@code imported} for JMH's own files
 * @param commit of what was measured; {@code none} if it is not known
 * @param rows all of them, {@code failed} ones included
 */
public record StoredRun(
    String runId,
    Instant startedAt,
    String status,
    String commit,
    String fingerprint,
    int rows,
    int failed) {}
