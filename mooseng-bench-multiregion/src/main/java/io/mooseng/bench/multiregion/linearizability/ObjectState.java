package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.Action;
import io.mooseng.bench.multiregion.history.Action.CompareAndSet;
import io.mooseng.bench.multiregion.history.Action.Create;
import io.mooseng.bench.multiregion.history.Action.Delete;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Told;
import io.mooseng.bench.multiregion.history.Action.Write;

/**
 * The sequential meaning of operations on one object, whose state is its value.
 *
 * <p>An operation that was told nothing can take effect whatever the state is: what it would have
 * been told follows from the state.
 */
final class ObjectState {

  /** Nothing there. Values are positive. */
  static final long ABSENT = 0;

  /** What {@link #after} answers when the operation cannot have been told what it was. */
  static final long IMPOSSIBLE = Long.MIN_VALUE;

  private ObjectState() {}

  /** The state after an operation in {@code state}, or {@link #IMPOSSIBLE}. */
  static long after(long state, Action action) {
    if (action instanceof Read read) {
      return !read.told() || read.observed().orElse(ABSENT) == state ? state : IMPOSSIBLE;
    } else if (action instanceof Write write) {
      return write.value();
    } else if (action instanceof CompareAndSet cas) {
      return decided(state, state == cas.expected(), cas.value(), cas.told());
    } else if (action instanceof Create create) {
      return decided(state, state == ABSENT, create.value(), create.told());
    } else if (action instanceof Delete delete) {
      return decided(state, state != ABSENT, ABSENT, delete.told());
    }
    throw new IllegalArgumentException(action.label());
  }

  private static long decided(long state, boolean possible, long next, Told told) {
    if (told != Told.NOTHING && possible != (told == Told.DONE)) {
      return IMPOSSIBLE;
    }
    return possible ? next : state;
  }

  /** Whether an operation leaves every state in which it is possible as it is. */
  static boolean changesNothing(Action action) {
    return action instanceof Read
        || action instanceof CompareAndSet cas && cas.told() == Told.REFUSED
        || action instanceof Create create && create.told() == Told.REFUSED
        || action instanceof Delete delete && delete.told() == Told.REFUSED;
  }
}
