package io.mooseng.bench.core.jmh;

/** What a run and the server process it starts say to each other. */
public final class ServerReadiness {

  /** What the server prints, followed by its URI, once it accepts calls. */
  public static final String LINE = "listening on ";

  /** System property that names the process of the run; the server ends when that is gone. */
  public static final String STARTER_PROPERTY = ForkProbe.STARTER_PROPERTY;

  private ServerReadiness() {}
}
