package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.recording.TraceRecorder;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import java.io.IOException;
import java.util.Optional;

/** The trace of a fork, if it writes one. Used by one thread at a time. */
final class ForkRecording {

  private final ForkContext context;
  private final Optional<WorkloadFiles.Recording> asked;
  private Optional<TraceRecorder> trace = Optional.empty();

  ForkRecording(ForkContext context, Optional<WorkloadFiles.Recording> asked) {
    this.context = context;
    this.asked = asked;
  }

  /** The measuring facade of the fork's target; with it the trace begins. */
  Target target(TargetDriver driver) {
    if (asked.isEmpty()) {
      return new Target(driver, context.recorder(), context.ticker());
    }
    TraceRecorder begun = begin(driver, asked.get());
    trace = Optional.of(begun);
    context.warn(
        "operations were written to a trace; throughput includes that, latency includes noting them");
    return new Target(begun.around(driver), context.recorder(), context.ticker(), begun);
  }

  private TraceRecorder begin(TargetDriver driver, WorkloadFiles.Recording recording) {
    try {
      return TraceRecorder.begin(
          recording.path(),
          recording.what(),
          context.seed(),
          Optional.ofNullable(context.access().runRoot()),
          context.ticker(),
          () -> !context.warmingUp(),
          this::broken);
    } catch (SessionException e) {
      driver.close();
      throw e;
    }
  }

  private SessionException broken(IOException e) {
    return context.failed(
        FailureKind.RESOURCE_EXHAUSTED, "the trace cannot be written: " + e.getMessage(), e);
  }

  /** What was recorded so far is safe from a kill. */
  void flush() {
    trace.ifPresent(TraceRecorder::flush);
  }

  /** Ends the trace, and says what must be known of it. */
  void close() {
    trace.ifPresent(
        begun -> {
          begun.close();
          begun.remarks().forEach(context::warn);
        });
    trace = Optional.empty();
  }
}
