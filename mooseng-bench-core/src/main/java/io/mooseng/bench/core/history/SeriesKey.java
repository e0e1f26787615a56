package io.mooseng.bench.core.history;

import io.mooseng.bench.core.model.Direction;

/**
 * What makes values of several runs one series: only these are ever drawn on one line, or searched
 * for a change.
 *
 * @param mode JMH's short label; empty where JMH did not run
 * @param params as {@code name=value;name=value}, percent-encoded as in {@code results.csv}
 * @param network profile and backend
 * @param fidelity how the values were obtained; {@code unknown} of files that do not say
 * @param fingerprint of the machine, its software and the workload: see {@link Fingerprints}
 */
public record SeriesKey(
    String benchmark,
    String mode,
    String params,
    String network,
    String fidelity,
    String metric,
    String unit,
    Direction direction,
    String fingerprint) {

  /** One line that names the series, the same for equal keys only. */
  public String text() {
    return String.join(
        "|",
        benchmark,
        mode,
        params,
        network,
        fidelity,
        metric,
        unit,
        direction.label(),
        fingerprint);
  }

  /** {@link #text} as it is looked up by. */
  String digest() {
    return Fingerprints.sha256(text());
  }
}
