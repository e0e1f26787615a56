package io.mooseng.bench.core.link.netns;

import io.mooseng.bench.core.link.linux.ProgramImage;
import java.io.IOException;
import java.util.Optional;

/**
 * The namespace in which the harness itself runs, with everything it starts: JMH's parent and its
 * forks talk over loopback, which every namespace has for itself, so they must be in the same one.
 */
public final class ClientNamespace {

  /** Name of the node. */
  public static final String NODE = "client";

  /** Tells the restarted program of which run the namespace is that it is in. */
  private static final String PROPERTY = "mooseng.bench.namespace.run";

  private ClientNamespace() {}

  /** The short id of the run, if this program runs in the namespace of one. */
  public static Optional<String> runId() {
    return Optional.ofNullable(System.getProperty(PROPERTY));
  }

  /**
   * Restarts this program in a new namespace, as the same process with the same arguments. There
   * {@link #runId} answers {@code runId}. Returns only by an exception.
   *
   * @throws IOException if that is not possible, in one line; then nothing is left behind
   */
  public static void restartInside(String runId) throws IOException {
    try (NetworkNamespaces namespaces = NetworkNamespaces.of(runId)) {
      namespaces
          .create(NODE)
          .call(
              () -> {
                ProgramImage.restart("-D%s=%s".formatted(PROPERTY, runId));
                return null;
              });
    }
  }
}
