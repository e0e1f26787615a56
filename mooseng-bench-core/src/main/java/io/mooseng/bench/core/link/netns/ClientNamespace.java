package io.mooseng.bench.core.link.netns;

import io.mooseng.bench.core.link.linux.ProgramImage;
import java.io.IOException;
import java.util.Optional;

/**
 * The namespace in which the harness itself runs, with everything it starts: JMH's parent and its
 * forks talk over loopback, which every namespace has for itself, so they must be in the same one.
 *
 * <p>Safe for use by any number of threads.
 */
public final class ClientNamespace {

  /** Name of the node. */
  public static final String NODE = "client";

  /** Tells the restarted program of which run the namespace is that it is in. */
  private static final String PROPERTY = "mooseng.bench.namespace.run";

  private static NetworkNamespace own;

  private ClientNamespace() {}

  /** The short id of the run, if this program was restarted in the namespace of one. */
  public static Optional<String> runId() {
    return Optional.ofNullable(System.getProperty(PROPERTY));
  }

  /**
   * The namespace this program is in, if it was restarted there. From the first call on it is
   * removed when the program ends.
   *
   * @throws IOException if it is gone
   */
  public static synchronized Optional<NetworkNamespace> own() throws IOException {
    Optional<String> runId = runId();
    if (own == null && runId.isPresent()) {
      own = NetworkNamespaces.of(runId.get()).adopt(NODE);
    }
    return Optional.ofNullable(own);
  }

  /**
   * The namespace this program is in because its run is, in any of the run's processes: a fork is
   * where its parent is. It is the parent's to remove.
   */
  public static Optional<NetworkNamespace> surrounding() throws IOException {
    Optional<String> runId = runId();
    return runId.isPresent() ? NetworkNamespaces.find(runId.get(), NODE) : Optional.empty();
  }

  /**
   * Makes sure that this program is in a namespace of its own. If it is not, it is restarted in a
   * new one, as the same process with the same arguments; then this does not return.
   *
   * @throws IOException if that is not possible, in one line; then nothing is left behind
   */
  public static void enter(String runId) throws IOException {
    if (own().isPresent()) {
      return;
    }
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
