package io.mooseng.bench.core.result;

/**
 * The system a row was measured against.
 *
 * @param label the value of the {@code target} parameter; stable between runs
 * @param implementation what the system answered when asked what it is
 * @param address URI or host and port, for a person; no part of a row's identity; null if it has
 *     none (in-memory, simulated)
 */
public record TargetRecord(String label, String implementation, String address) {

  public TargetRecord {
    Frozen.requireText("target.label", label);
    Frozen.requireText("target.implementation", implementation);
  }
}
