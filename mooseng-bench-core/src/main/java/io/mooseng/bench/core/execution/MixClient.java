package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.mix.OperationStream;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import java.util.Optional;

/**
 * One client of a workload: performs what its stream plans, and tells it what came of that.
 *
 * <p>Safe for use by any number of threads, each with a {@link Worker} of its own.
 */
public final class MixClient {

  private final OperationStream stream;

  public MixClient(OperationStream stream) {
    this.stream = stream;
  }

  /**
   * Performs the next operation, in a closed loop.
   *
   * @return why it failed, if it did
   */
  public Optional<FailureKind> performNext(Worker worker) {
    PlannedOperation operation = stream.next();
    return told(operation, worker.perform(operation));
  }

  /** Performs the next operation, which was to start at this time of the target's clock. */
  public Optional<FailureKind> performNext(Worker worker, long intendedStartNanos) {
    PlannedOperation operation = stream.next();
    return told(operation, worker.perform(operation, intendedStartNanos));
  }

  private Optional<FailureKind> told(PlannedOperation operation, Optional<FailureKind> failure) {
    failure.ifPresentOrElse(
        kind -> stream.failed(operation, kind), () -> stream.succeeded(operation));
    return failure;
  }

  public OperationStream stream() {
    return stream;
  }
}
