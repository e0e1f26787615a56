package io.mooseng.bench.core.cli;

/** How the program ends. */
enum ExitCode {
  OK(0),
  /** A benchmark failed. */
  FAILED(1),
  /** Usage or configuration. */
  USAGE(2),
  /** Nothing could be concluded. */
  INCONCLUSIVE(3),
  /** A target or a capability is not there. */
  UNAVAILABLE(4);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
