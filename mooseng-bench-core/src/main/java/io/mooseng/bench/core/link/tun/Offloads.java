package io.mooseng.bench.core.link.tun;

import java.util.Locale;

/** What the kernel leaves to the device, as to a network card. */
enum Offloads {
  /** Nothing: every packet the forwarder reads has the size of the MTU at most. */
  NONE,
  /**
   * Cutting TCP data into packets, and checksums. The forwarder decides on each packet of the MTU's
   * size all the same, and puts together again what arrives at the same time, as a card does on
   * receiving.
   */
  TSO;

  /** The name used in result files. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
