package io.mooseng.bench.core.result;

import java.util.Locale;

/** Whether a row can be believed. */
public enum ResultStatus {
  OK,
  /** The benchmark threw, was missing from the results, or at least one operation failed. */
  FAILED;

  /** The name used in result files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
