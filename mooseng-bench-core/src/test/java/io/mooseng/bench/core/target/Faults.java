package io.mooseng.bench.core.target;

import io.mooseng.bench.core.model.FailureKind;
import java.time.Duration;

/**
 * What is wrong with a {@link BrokenDriver}. A period of 0 means never, of n means every n-th time.
 *
 * @param delay added to every operation, by spinning: parking costs too much for short delays
 * @param failEvery operations between two failures
 * @param failKind the kind of these failures
 * @param corruptEvery reads between two with one flipped bit
 * @param corruptOffset the byte with the flipped bit; a shorter file is left alone
 * @param truncateEvery reads between two that end early
 * @param truncateTo bytes that a truncated read delivers at most
 */
public record Faults(
    Duration delay,
    int failEvery,
    FailureKind failKind,
    int corruptEvery,
    long corruptOffset,
    int truncateEvery,
    long truncateTo) {

  public static final Faults NONE = new Faults(Duration.ZERO, 0, FailureKind.INTERNAL, 0, 0, 0, 0);

  public Faults slowedBy(Duration newDelay) {
    return new Faults(
        newDelay, failEvery, failKind, corruptEvery, corruptOffset, truncateEvery, truncateTo);
  }

  public Faults failing(int every, FailureKind kind) {
    return new Faults(delay, every, kind, corruptEvery, corruptOffset, truncateEvery, truncateTo);
  }

  public Faults corrupting(int every, long offset) {
    return new Faults(delay, failEvery, failKind, every, offset, truncateEvery, truncateTo);
  }

  public Faults truncating(int every, long to) {
    return new Faults(delay, failEvery, failKind, corruptEvery, corruptOffset, every, to);
  }
}
