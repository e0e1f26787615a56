package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.workload.Content;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How an operation is measured, whatever it does: takes the timestamps, looks at the answer after
 * the end was taken, and records the outcome. Immutable; safe for use by any number of threads.
 */
final class Measurement {

  private final OperationRecorder recorder;
  private final Ticker ticker;

  /** Gives the trace of the calling thread. */
  private final Supplier<OperationTrace> traces;

  /** Says of an operation, before it starts, what is known of it then. */
  private final Consumer<OperationTrace> mark;

  private final OperationListener listener;

  Measurement(OperationRecorder recorder, Ticker ticker, OperationListener listener) {
    this(
        recorder, ticker, ThreadLocal.withInitial(OperationTrace::new)::get, trace -> {}, listener);
  }

  private Measurement(
      OperationRecorder recorder,
      Ticker ticker,
      Supplier<OperationTrace> traces,
      Consumer<OperationTrace> mark,
      OperationListener listener) {
    this.recorder = recorder;
    this.ticker = ticker;
    this.traces = traces;
    this.mark = mark;
    this.listener = listener;
  }

  /** The same into the same recorder, for another client. */
  Measurement ofAnotherClient() {
    return new Measurement(recorder, ticker, listener);
  }

  /**
   * The same for operations of which more is known.
   *
   * @param more says it of an operation, before it starts
   */
  Measurement marked(Consumer<OperationTrace> more) {
    return new Measurement(recorder, ticker, traces, mark.andThen(more), listener);
  }

  /** The same for one thread, with a trace of its own. */
  Measurement tracedBy(OperationTrace own) {
    return new Measurement(recorder, ticker, () -> own, mark, listener);
  }

  Ticker ticker() {
    return ticker;
  }

  /**
   * @param bytes payload that a success moves
   */
  <T> Outcome<T> of(long bytes, Target.Operation<T> operation) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      T value = operation.perform(trace);
      succeeded(start, ticker.nanoTime(), bytes, trace);
      return new Outcome.Success<>(value);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /** See {@link Target#checked}. */
  <T> Outcome<T> checked(
      long bytes, Target.Operation<T> operation, Function<T, Optional<String>> difference) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      T answer = operation.perform(trace);
      long end = ticker.nanoTime();
      Optional<String> wrong = difference.apply(answer);
      if (wrong.isPresent()) {
        return corrupt(start, end, wrong.get(), trace);
      }
      succeeded(start, end, bytes, trace);
      return new Outcome.Success<>(answer);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /** See {@link Target#confirmed}. */
  <T> Outcome<T> confirmed(
      long bytes, Target.Operation<T> operation, Target.Confirmation<T> confirmation) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      T answer = operation.perform(trace);
      long end = ticker.nanoTime();
      try {
        confirmation.confirm(answer);
      } catch (OperationException e) {
        return failed(start, end, e, trace);
      }
      succeeded(start, end, bytes, trace);
      return new Outcome.Success<>(answer);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /** See {@link Target#transaction}. */
  <T> Outcome<Optional<T>> transaction(long bytes, Target.Operation<Optional<T>> operation) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      Optional<T> value = operation.perform(trace);
      if (value.isPresent()) {
        succeeded(start, ticker.nanoTime(), bytes, trace);
      } else {
        recorder.add(Quantity.ABORTED, 1);
        listener.ended(trace, Optional.empty());
      }
      return new Outcome.Success<>(value);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /**
   * An operation that is to be refused.
   *
   * @param refusal the kind of failure that is the success
   * @param unexpected what is wrong with an answer, in one line: a failure of kind ALREADY_EXISTS
   */
  <T> Outcome<Boolean> refused(
      FailureKind refusal, Target.Operation<T> operation, Function<T, String> unexpected) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      T answer = operation.perform(trace);
      long end = ticker.nanoTime();
      String message = unexpected.apply(answer);
      return failed(
          start, end, OperationException.light(FailureKind.ALREADY_EXISTS, message), trace);
    } catch (OperationException e) {
      if (e.kind() != refusal) {
        return failed(start, e, trace);
      }
      succeeded(start, ticker.nanoTime(), 0, trace);
      return new Outcome.Success<>(Boolean.TRUE);
    }
  }

  /** A call of the driver that delivers what it reads into a sink. */
  @FunctionalInterface
  interface Reading {
    void read(VerifyingSink sink, OperationTrace trace) throws OperationException;
  }

  /**
   * A read whose bytes are compared, after the end was taken, with {@code length} bytes of what the
   * file should hold from {@code offset} on.
   */
  Outcome<Long> read(FileRef file, long offset, long length, Content expected, Reading reading) {
    OperationTrace trace = ownTrace();
    VerifyingSink sink = new VerifyingSink(ticker, trace, offset);
    long start = ticker.nanoTime();
    try {
      reading.read(sink, trace);
      long end = ticker.nanoTime();
      return verified(start, end, file, sink, expected, length, trace);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /** A call of the driver that delivers what it reads into a sink, later. */
  @FunctionalInterface
  interface LaterReading {
    CompletableFuture<Void> read(VerifyingSink sink, OperationTrace trace);
  }

  /**
   * As {@link #read}, of a whole file, without waiting.
   *
   * @return complete when the read has ended and was recorded: true if as a success
   */
  CompletableFuture<Boolean> readLater(FileRef file, Content expected, LaterReading reading) {
    OperationTrace trace = newTrace();
    VerifyingSink sink = new VerifyingSink(ticker, trace, 0);
    long start = ticker.nanoTime();
    return recorded(
        start,
        trace,
        begin(() -> reading.read(sink, trace)),
        done ->
            verified(start, ticker.nanoTime(), file, sink, expected, expected.size(), trace)
                .succeeded());
  }

  /**
   * An operation that moves no bytes, without waiting.
   *
   * @return complete when it has ended and was recorded: true if as a success
   */
  <T> CompletableFuture<Boolean> later(Function<OperationTrace, CompletableFuture<T>> operation) {
    OperationTrace trace = newTrace();
    long start = ticker.nanoTime();
    return recorded(
        start,
        trace,
        begin(() -> operation.apply(trace)),
        answer -> {
          succeeded(start, ticker.nanoTime(), 0, trace);
          return true;
        });
  }

  /** See {@link Target#attemptLater}. */
  CompletableFuture<Boolean> attemptLater(
      Function<OperationTrace, CompletableFuture<Boolean>> operation) {
    OperationTrace trace = newTrace();
    long start = ticker.nanoTime();
    return recorded(
        start,
        trace,
        begin(() -> operation.apply(trace)),
        answered -> {
          if (answered) {
            succeeded(start, ticker.nanoTime(), 0, trace);
          } else {
            listener.ended(trace, Optional.empty());
          }
          return answered;
        });
  }

  /** What a driver throws instead of reporting it is a failure like any other. */
  private static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * @param recording records what was answered, and says whether as a success
   */
  private <T> CompletableFuture<Boolean> recorded(
      long start, OperationTrace trace, CompletableFuture<T> operation, Predicate<T> recording) {
    return operation.handle(
        (value, error) ->
            error == null
                ? recording.test(value)
                : failed(start, failureOf(error), trace).succeeded());
  }

  /**
   * Starts an operation in a place that was kept for it. From here until the place is told of its
   * end it counts as under way, whatever its latency is recorded to be.
   *
   * @return whether it has ended already; if not, its end will free the place
   */
  boolean occupy(Place place, Supplier<CompletableFuture<Boolean>> start) {
    recorder.began(ticker.nanoTime());
    CompletableFuture<Boolean> operation = start.get();
    if (operation.isDone()) {
      operation.whenComplete((success, defect) -> ended(place, success));
      return true;
    }
    operation.whenComplete(
        (success, defect) -> {
          ended(place, success);
          place.leave();
        });
    return false;
  }

  private void ended(Place place, Boolean success) {
    recorder.ended(ticker.nanoTime());
    place.ended(Boolean.TRUE.equals(success));
  }

  private Outcome<Long> verified(
      long start,
      long end,
      FileRef file,
      VerifyingSink sink,
      Content expected,
      long length,
      OperationTrace trace) {
    String difference = sink.differenceFrom(file, expected, length);
    if (difference != null) {
      return corrupt(start, end, difference, trace);
    }
    succeeded(start, end, length, trace);
    return new Outcome.Success<>(length);
  }

  private void succeeded(long start, long end, long bytes, OperationTrace trace) {
    recorder.success(start, end, bytes, trace);
    listener.ended(trace, Optional.empty());
  }

  private <T> Outcome<T> corrupt(long start, long end, String message, OperationTrace trace) {
    return failed(start, end, OperationException.light(FailureKind.CORRUPT, message), trace);
  }

  private <T> Outcome<T> failed(long start, OperationException failure, OperationTrace trace) {
    return failed(start, ticker.nanoTime(), failure, trace);
  }

  private <T> Outcome<T> failed(
      long start, long end, OperationException failure, OperationTrace trace) {
    String message = String.valueOf(failure.getMessage());
    recorder.failure(start, end, failure.kind(), message, trace);
    listener.ended(trace, Optional.of(failure.kind()));
    return new Outcome.Failure<>(failure.kind(), message);
  }

  private OperationTrace ownTrace() {
    OperationTrace trace = traces.get();
    trace.reset();
    mark.accept(trace);
    return trace;
  }

  /** Of an operation that may end in another thread. */
  private OperationTrace newTrace() {
    OperationTrace trace = new OperationTrace();
    mark.accept(trace);
    return trace;
  }

  /** The failure behind what a future or a thread ended with. */
  static OperationException failureOf(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof OperationException failure
        ? failure
        : new OperationException(FailureKind.INTERNAL, String.valueOf(cause), cause);
  }
}
