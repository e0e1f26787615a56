package io.mooseng.bench.core.model;

import java.util.NoSuchElementException;

/**
 * How one measured operation ended.
 *
 * @param <T> what a successful operation answers
 */
public sealed interface Outcome<T> {

  /** The operation did what was asked, and what it returned was verified. */
  record Success<T>(T value) implements Outcome<T> {}

  /** The operation failed; {@code message} is one line for a person. */
  record Failure<T>(FailureKind kind, String message) implements Outcome<T> {}

  default boolean succeeded() {
    return this instanceof Success;
  }

  /**
   * The value of a success.
   *
   * @throws NoSuchElementException with kind and message if the operation failed
   */
  default T orElseThrow() {
    if (this instanceof Success<T> success) {
      return success.value();
    }
    Failure<T> failure = (Failure<T>) this;
    throw new NoSuchElementException(failure.kind().label() + ": " + failure.message());
  }
}
