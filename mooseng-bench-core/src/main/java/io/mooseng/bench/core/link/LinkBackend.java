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

  /**
   * Whether {@link EmulatedNetwork#reach} leads to servers that were not started at the far end,
   * such as those a user names.
   */
  default boolean reachesAnyServer() {
    return false;
  }

  /** Why it cannot work here; empty if it can. Changes nothing on this machine. */
  Optional<Obstacle> obstacle();

  /**
   * Brings this program to where the clients of its networks have to be; for a backend that has no
   * such place, or if it is there already, this does nothing. It may restart the program there, as
   * the same process with the same arguments: then it does not return. So call it before anything
   * is started or opened.
   *
   * @param runId of the run that is to begin, lower-case letters and digits
   * @throws IOException in one line, if that is not possible
   */
  default void enter(String runId) throws IOException {}

  /**
   * Makes the network. Whoever calls has made sure that there is no {@link #obstacle} and that the
   * path asks for nothing the {@link #claims} refuse.
   *
   * @throws IOException in one line, if it cannot be made
   */
  EmulatedNetwork open(LinkRequest request) throws IOException;
}
