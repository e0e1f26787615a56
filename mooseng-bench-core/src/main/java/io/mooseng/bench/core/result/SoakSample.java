package io.mooseng.bench.core.result;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A window of a long run.
 *
 * @param benchmark class and method
 * @param params name and value, the label of the target among them
 * @param window its number within the row, from 0
 * @param from by the clock of this machine, as is {@code until}
 * @param metrics of the window alone, by name, as those of a row
 */
public record SoakSample(
    String benchmark,
    Map<String, String> params,
    int window,
    Instant from,
    Instant until,
    Map<String, Metric> metrics) {

  public SoakSample {
    Frozen.requireText("benchmark", benchmark);
    params = Frozen.sorted(Frozen.require("params", params));
    Frozen.requireNotNegative("window", window);
    Frozen.require("from", from);
    Frozen.require("until", until);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
