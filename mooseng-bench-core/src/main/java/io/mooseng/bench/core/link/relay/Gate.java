package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.LinkFault;

/** Whether one direction lets anything through at the moment, and how much later than usual. */
final class Gate {

  private volatile LinkFault fault = LinkFault.NONE;

  /** May be called by any thread; the relay's own thread has to look again then. */
  void set(LinkFault wrong) {
    fault = wrong;
  }

  boolean shut() {
    return fault.cut();
  }

  long extraDelayNanos() {
    return fault.extraDelay().toNanos();
  }
}
