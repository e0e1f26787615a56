package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import java.util.Optional;

/**
 * Hears of measured operations after they were recorded, outside of their time but before whoever
 * asked for them goes on. Called by many threads at once.
 */
@FunctionalInterface
public interface OperationListener {

  /** Hears nothing. */
  OperationListener NONE = (trace, failure) -> {};

  /**
   * An operation has ended.
   *
   * @param trace what is known of it; valid only during the call
   * @param failure why it failed, if it did; one that gave way to another has not failed
   */
  void ended(OperationTrace trace, Optional<FailureKind> failure);
}
