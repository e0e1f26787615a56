package io.mooseng.bench.core.jmh;

import java.util.List;

/**
 * Where a server of the run is started.
 *
 * @param launcher goes before its command line; may be empty
 * @param host the address it listens on
 */
record ServerStart(List<String> launcher, String host) {

  /** A process like any other, on loopback. */
  static final ServerStart LOCAL = new ServerStart(List.of(), "127.0.0.1");
}
