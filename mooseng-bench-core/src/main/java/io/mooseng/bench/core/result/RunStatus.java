package io.mooseng.bench.core.result;

import java.util.Locale;

/** How a run ended. */
public enum RunStatus {
  /** Everything planned was measured, and nothing failed. */
  COMPLETE,
  /** The run did not reach its end; what is there is valid. Also the status while it runs. */
  INTERRUPTED,
  /** The run reached its end, and at least one result failed. */
  FAILED;

  /** The name used in result files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
