package io.mooseng.bench.core.result;

import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What makes a row the same row in another run: never a URI, a port or a path.
 *
 * @param benchmark class and method
 * @param jmhMode JMH's short label, null where JMH does not run
 * @param network profile and backend: the same conditions emulated otherwise are other conditions
 */
public record RowKey(
    String benchmark, String jmhMode, SortedMap<String, String> params, String network) {

  public RowKey {
    Frozen.requireText("benchmark", benchmark);
    params = Frozen.sorted(Frozen.require("params", params));
    Frozen.requireText("network", network);
  }

  /** Parameters as {@code k=v;k=v}, sorted by name, escaped by {@link Escape#percent}. */
  public static String paramsText(Map<String, String> params) {
    return Frozen.<String>sorted(params).entrySet().stream()
        .map(entry -> Escape.percent(entry.getKey()) + "=" + Escape.percent(entry.getValue()))
        .collect(Collectors.joining(";"));
  }
}
