package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The value of {@code --store}. */
final class StoreDirectory {

  /** The value that means no directory. */
  static final String MEMORY = "memory";

  private StoreDirectory() {}

  /**
   * Makes sure that a server can keep data there, before anything is started. Leaves nothing there.
   *
   * @throws ConfigurationException naming the value and what is in the way
   */
  static void requireUsable(String store) {
    if (store.equals(MEMORY)) {
      return;
    }
    Path existing;
    try {
      existing = nearestExisting(Path.of(store));
    } catch (InvalidPathException e) {
      throw refusal(store, "not a path");
    }
    if (!Files.isDirectory(existing)) {
      throw refusal(store, existing + " is not a directory");
    }
    try {
      // Only an attempt tells: /proc, for one, takes nothing, whatever its permissions say.
      Files.delete(Files.createTempFile(existing, ".mooseng-store-", ".tmp"));
    } catch (IOException e) {
      throw refusal(store, "nothing can be made in " + existing);
    }
  }

  /** The directory, or what there is of the path to it. */
  static Path nearestExisting(Path directory) {
    Path found = directory.toAbsolutePath();
    while (found.getParent() != null && !Files.exists(found)) {
      found = found.getParent();
    }
    return found;
  }

  private static ConfigurationException refusal(String store, String reason) {
    return new ConfigurationException(
        "--store %s: %s; accepted: %s, or a directory that exists or can be made"
            .formatted(store, reason, MEMORY));
  }
}
