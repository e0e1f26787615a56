package io.mooseng.bench.core.server.settings;

import java.nio.file.Path;

/** Where a server keeps its files. */
public sealed interface StoreLocation {

  /** In files below a directory, which is made if it does not exist. */
  record Directory(Path path) implements StoreLocation {}

  /** On the heap, gone with the server. */
  record Memory() implements StoreLocation {}
}
