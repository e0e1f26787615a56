package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.Fidelity;
import java.util.Map;
import java.util.SortedMap;

/**
 * What is known of a row before it is measured.
 *
 * @param qualifiedName package, class and method of the benchmark, as JMH names it
 * @param jmhMode JMH's short label ({@code thrpt}, {@code avgt}, {@code sample}, {@code ss}); null
 *     where JMH does not run (simulated rows)
 * @param fallbackReason why the fidelity is not the one first tried; null if it is
 */
public record RowHeader(
    String qualifiedName,
    String jmhMode,
    SortedMap<String, String> params,
    Fidelity fidelity,
    String fallbackReason,
    TargetRecord target,
    NetworkRecord network) {

  public RowHeader {
    Names.simpleBenchmark(qualifiedName);
    params = Frozen.sorted(Frozen.require("params", params));
    Frozen.require("fidelity", fidelity);
    Frozen.require("target", target);
    Frozen.require("network", network);
  }

  public static RowHeader of(
      String qualifiedName,
      String jmhMode,
      Map<String, String> params,
      Fidelity fidelity,
      String fallbackReason,
      TargetRecord target,
      NetworkRecord network) {
    return new RowHeader(
        qualifiedName, jmhMode, Frozen.sorted(params), fidelity, fallbackReason, target, network);
  }
}
