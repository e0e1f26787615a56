package io.mooseng.bench.core.gate;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A limit of some rows.
 *
 * @param name of it, for people
 * @param benchmark found in class and method
 * @param params a row must have
 * @param fidelity a row must have; empty: any
 * @param network label a row must have; empty: any
 * @param metric by name, or {@link #PRIMARY}
 * @param max not to be exceeded
 * @param min not to be fallen short of
 * @param maxRegression the smallest change for the worse that breaks it, as a share
 */
record Budget(
    String name,
    Pattern benchmark,
    Map<String, String> params,
    Optional<Fidelity> fidelity,
    Optional<String> network,
    String metric,
    Optional<Limit> max,
    Optional<Limit> min,
    Optional<Double> maxRegression) {

  /** Stands for the metric by which a row is judged. */
  static final String PRIMARY = "primary";

  Budget {
    params = Map.copyOf(params);
  }

  boolean covers(ResultRecord row) {
    return benchmark.matcher(row.benchmark()).find()
        && row.params().entrySet().containsAll(params.entrySet())
        && fidelity.filter(wanted -> wanted != row.fidelity()).isEmpty()
        && network.filter(wanted -> !wanted.equals(row.network().label())).isEmpty();
  }

  boolean isAbsolute() {
    return max.isPresent() || min.isPresent();
  }
}
