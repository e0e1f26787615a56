package io.mooseng.bench.multiregion.history;

import java.util.Objects;

/**
 * One operation of one client.
 *
 * @param process the client; does one thing at a time, and nothing more after an operation whose
 *     outcome it never learnt
 * @param key names the object
 * @param action what was asked, and what was told
 * @param invokedNanos when the client asked, on the one clock of the history
 * @param returnedNanos when the client was told, not before it asked; {@link #PENDING} if never
 */
public record Operation(
    int process, String key, Action action, long invokedNanos, long returnedNanos) {

  /** The return of an operation that may take effect at any time from its invocation on. */
  public static final long PENDING = Long.MAX_VALUE;

  public Operation {
    Objects.requireNonNull(key);
    Objects.requireNonNull(action);
    if (returnedNanos < invokedNanos) {
      throw new IllegalArgumentException(
          "an operation cannot return at %d ns, before its invocation at %d ns"
              .formatted(returnedNanos, invokedNanos));
    }
    if (returnedNanos == PENDING && !action.equals(action.untold())) {
      throw new IllegalArgumentException("a pending operation was told nothing, not " + action);
    }
  }

  /** Whether the client never learnt the outcome. */
  public boolean isPending() {
    return returnedNanos == PENDING;
  }

  /** The same operation had the client been asked at {@code nanos}. */
  public Operation asOf(long nanos) {
    return returnedNanos <= nanos
        ? this
        : new Operation(process, key, action.untold(), invokedNanos, PENDING);
  }

  @Override
  public String toString() {
    return "%s %s by %d from %d to %s ns"
        .formatted(key, action, process, invokedNanos, isPending() ? "?" : returnedNanos);
  }
}
