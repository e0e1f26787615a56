package io.mooseng.bench.core.machine.ceiling;

/** The unit of a ceiling, and with it which way of it is better. */
public enum CeilingUnit {
  /** More is better. */
  BYTES_PER_SECOND("B/s"),
  /** Less is better. */
  NANOSECONDS("ns");

  private final String label;

  CeilingUnit(String label) {
    this.label = label;
  }

  /** The name used in result files. */
  public String label() {
    return label;
  }
}
