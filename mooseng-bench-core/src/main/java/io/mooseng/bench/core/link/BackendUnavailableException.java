package io.mooseng.bench.core.link;

/** A backend cannot work on this machine; the message is one line that says how to get it. */
public final class BackendUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  public BackendUnavailableException(String backend, Obstacle obstacle) {
    super(
        "--backend %s is not available here: %s; %s"
            .formatted(backend, obstacle.missing(), obstacle.remedy()));
  }
}
