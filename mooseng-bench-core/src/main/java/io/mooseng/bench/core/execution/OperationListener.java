package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import java.util.Optional;

/**
 * Hears of operations that have ended, after they were recorded. Called by many threads at once.
 */
@FunctionalInterface
public interface OperationListener {

  /** Hears nothing. */
  OperationListener NONE = (operation, client, trace, failure) -> {};

  /**
   * An operation has ended.
   *
   * @param client number of the client, from 0
   * @param trace tells when it started and ended; valid only during the call
   * @param failure why it failed, if it did
   */
  void ended(
      PlannedOperation operation, int client, OperationTrace trace, Optional<FailureKind> failure);
}
