package io.mooseng.bench.core.model;

import java.util.Locale;

/** Which way of a metric is better. */
public enum Direction {
  LOWER,
  HIGHER,
  /** Neither is better; the metric describes. */
  NONE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name used in result files. */
  public String label() {
    return label;
  }
}
