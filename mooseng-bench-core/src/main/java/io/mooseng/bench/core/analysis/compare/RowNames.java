package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.result.RowKey;
import java.util.stream.Collectors;

/** Rows as they are named for people. */
public final class RowNames {

  private RowNames() {}

  /** For instance {@code FileReadBenchmark.read cache=warm size=64KB thrpt wan-70/relay}. */
  public static String of(RowKey key) {
    return key.benchmark()
        + key.params().entrySet().stream()
            .map(param -> " " + param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining())
        + (key.jmhMode() == null ? "" : " " + key.jmhMode())
        + (key.network().equals("none") ? "" : " " + key.network());
  }
}
