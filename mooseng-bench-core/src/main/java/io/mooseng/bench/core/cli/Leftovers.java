package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.link.netns.ClientNamespace;
import io.mooseng.bench.core.link.netns.NetworkNamespaces;
import io.mooseng.bench.core.process.TemporaryDirectories;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** What processes that did not end by themselves left on this machine. */
final class Leftovers {

  private Leftovers() {}

  /**
   * At the start: what a killed run left, which is said.
   *
   * @throws IOException if it cannot be found or removed
   */
  static void remove(TemporaryDirectories temporary, PrintStream err) throws IOException {
    for (Path removed : temporary.sweep()) {
      err.println("removed what a killed run left behind: " + removed);
    }
    for (String removed : NetworkNamespaces.sweep()) {
      err.println("removed what a killed run left behind: network namespace " + removed);
    }
  }

  /**
   * At the end: network namespaces of this run's forks, which may make some of their own if the run
   * is in one, and cannot remove them when they are killed. Their temporary files lie in the run's
   * directory and go with it.
   */
  static void removeOfForks(PrintStream err) {
    Optional<String> runId = ClientNamespace.runId();
    if (runId.isEmpty()) {
      return;
    }
    try {
      NetworkNamespaces.sweep(runId.get());
    } catch (IOException e) {
      err.println("left for the next run to remove: " + e.getMessage());
    }
  }
}
