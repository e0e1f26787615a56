package io.mooseng.bench.core.link;

import java.io.IOException;
import java.util.Optional;

/**
 * A way to emulate links, found by {@link java.util.ServiceLoader}. Stateless; safe for use by any
 * number of threads.
 */
public interface LinkBackend {

  /** As {@code --backend} and results name it. */
  String name();

  /** One line for people: what it is. */
  String description();

  /** What results obtained with it can and cannot claim. */
  LinkClaims claims();

  /** Why it cannot work here; empty if it can. Changes nothing on this machine. */
  Optional<Obstacle> obstacle();

  /**
   * Makes the network. Whoever calls has made sure that there is no {@link #obstacle} and that the
   * path asks for nothing the {@link #claims} refuse.
   *
   * @throws IOException in one line, if it cannot be made
   */
  EmulatedNetwork open(LinkRequest request) throws IOException;
}
