package io.mooseng.bench.core.cli;

/** How the program ends. */
enum ExitCode {
  OK(0),
  /** A benchmark failed, or is worse than it was. */
  FAILED(1),
  /** Usage, configuration, or runs that cannot be compared. */
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
