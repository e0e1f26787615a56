package io.mooseng.bench.core.process;

import java.util.OptionalLong;

/** Processes that are not there. */
public final class ProcessIdentities {

  private ProcessIdentities() {}

  /** One that had the same id, and started a minute earlier. */
  public static ProcessIdentity predecessorOf(ProcessIdentity process) {
    OptionalLong ticks = process.startTicks();
    return new ProcessIdentity(
        process.pid(),
        process.start().minusSeconds(60),
        ticks.isPresent() ? OptionalLong.of(Math.max(0, ticks.getAsLong() - 6_000)) : ticks);
  }
}
