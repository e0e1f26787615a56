package io.mooseng.bench.core.model;

import java.util.Locale;

/** How a number was obtained. Numbers of different fidelity are never compared. */
public enum Fidelity {
  /** A system the user named, over real sockets or a real file system. */
  LIVE,
  /** The MooseNG server of this project, over real sockets, real bytes and a real disk. */
  EMBEDDED,
  /** The in-memory target: what the harness itself costs. */
  CONTROL,
  /** Answered by a model in virtual time; nothing was measured. */
  SIMULATED;

  /** The name used on the command line and in result files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
