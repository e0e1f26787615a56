package io.mooseng.bench.multiregion.failover;

import java.util.Optional;

/**
 * An operation of the load, as its client saw it.
 *
 * @param region of the client
 * @param kind what it did
 * @param intendedNanos when it was to start
 * @param endedNanos when the client was answered, or gave up
 * @param ending how it ended
 * @param name of a creation: what was created
 */
record Attempt(
    String region,
    Kind kind,
    long intendedNanos,
    long endedNanos,
    Ending ending,
    Optional<String> name) {

  /** What is asked for. */
  enum Kind {
    WRITE,
    CREATE,
    READ
  }

  /** What became of it. */
  enum Ending {
    DONE,
    /** The name was there already, though nobody else ever uses it. */
    DONE_BEFORE,
    /** Certainly not done. */
    REFUSED,
    /** Nobody told the client. */
    UNKNOWN
  }

  boolean done() {
    return ending == Ending.DONE || ending == Ending.DONE_BEFORE;
  }

  boolean changes() {
    return kind != Kind.READ;
  }
}
