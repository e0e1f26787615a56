package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.workload.Payload;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * The measuring facade of a system under test: takes the timestamps, verifies what was read, and
 * records the outcome, so that a driver cannot measure wrongly.
 *
 * <p>Every method is one measured operation, except {@link #driver}, for set-up and clean-up. Safe
 * for use by any number of threads.
 */
public final class Target implements AutoCloseable {

  private static final String TEMPORARY_SUFFIX = ".tmp";

  private final TargetDriver driver;
  private final OperationRecorder recorder;
  private final Ticker ticker;
  private final ThreadLocal<OperationTrace> traces = ThreadLocal.withInitial(OperationTrace::new);

  public Target(TargetDriver driver, OperationRecorder recorder, Ticker ticker) {
    this.driver = driver;
    this.recorder = recorder;
    this.ticker = ticker;
  }

  /** The driver itself: its operations are not measured. */
  public TargetDriver driver() {
    return driver;
  }

  /** Creates a file and writes all of {@code payload} into it. */
  public Outcome<FileRef> write(FileRef parent, String name, Payload payload) {
    return measured(payload.size(), trace -> driver.write(parent, name, payload, trace));
  }

  /**
   * Reads a whole file. Its length and CRC32C are compared with {@code expected} after the end was
   * taken; a difference is a failure of kind CORRUPT.
   */
  public Outcome<Long> read(FileRef file, Payload expected) {
    OperationTrace trace = ownTrace();
    VerifyingSink sink = new VerifyingSink(ticker, trace);
    long start = ticker.nanoTime();
    try {
      driver.read(file, sink, trace);
      long end = ticker.nanoTime();
      return verified(start, end, sink, expected, trace);
    } catch (OperationException e) {
      return failed(start, e.kind(), e.getMessage());
    }
  }

  /**
   * Starts to read a whole file, as {@link #read} does, as soon as {@code window} has room.
   *
   * <p>The operation starts when it is handed to the driver, not while it waits for room: closed
   * loop.
   */
  public void readAsync(FileRef file, Payload expected, InFlightWindow window)
      throws InterruptedException {
    window.enter(this);
    OperationTrace trace = new OperationTrace();
    VerifyingSink sink = new VerifyingSink(ticker, trace);
    long start = ticker.nanoTime();
    driver
        .readAsync(file, sink, trace)
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                verified(start, ticker.nanoTime(), sink, expected, trace);
              } else {
                OperationException failure = failureOf(error);
                failed(start, failure.kind(), failure.getMessage());
              }
              window.leave();
            });
  }

  /** Creates an empty file. */
  public Outcome<FileRef> create(FileRef parent, String name) {
    return measured(0, trace -> driver.create(parent, name, trace));
  }

  public Outcome<FileInfo> stat(FileRef file) {
    return measured(0, trace -> driver.stat(file, trace));
  }

  /** One page of a directory; see {@link TargetDriver#list}. */
  public Outcome<ListPage> list(FileRef directory, long offset, int limit) {
    return measured(0, trace -> driver.list(directory, offset, limit, trace));
  }

  public Outcome<FileRef> rename(FileRef file, FileRef newParent, String newName) {
    return measured(0, trace -> driver.rename(file, newParent, newName, trace));
  }

  public Outcome<Boolean> delete(FileRef file) {
    return measured(
        0,
        trace -> {
          driver.delete(file, trace);
          return Boolean.TRUE;
        });
  }

  /** Opens a new connection to {@code depth}; closing it is not measured. */
  public Outcome<Boolean> connect(ConnectionDepth depth) {
    Outcome<TargetDriver.Connection> outcome = measured(0, trace -> driver.connect(depth, trace));
    if (outcome instanceof Outcome.Failure<TargetDriver.Connection> failure) {
      return new Outcome.Failure<>(failure.kind(), failure.message());
    }
    outcome.orElseThrow().close();
    return new Outcome.Success<>(Boolean.TRUE);
  }

  /**
   * Writes a file under a temporary name, reads it back, and renames it to {@code name} if it is
   * what was written; all of that is the time of one operation.
   */
  public Outcome<FileRef> publish(FileRef parent, String name, Payload payload) {
    return measured(
        payload.size(),
        trace -> {
          FileRef temporary = driver.write(parent, name + TEMPORARY_SUFFIX, payload, trace);
          VerifyingSink sink = new VerifyingSink(ticker, trace);
          driver.read(temporary, sink, trace);
          String difference = sink.differenceFrom(payload);
          if (difference != null) {
            throw OperationException.light(FailureKind.CORRUPT, difference);
          }
          return driver.rename(temporary, parent, name, trace);
        });
  }

  /**
   * Several calls of the driver as one operation, which succeeds if all of them do.
   *
   * @param bytes payload that a success moves
   */
  public <T> Outcome<T> together(long bytes, Operation<T> operation) {
    return measured(bytes, operation);
  }

  /**
   * As {@link #together}, for an operation that may give way to another: an empty answer is no
   * error and no success, and is counted as {@link Quantity#ABORTED}.
   */
  public <T> Outcome<Optional<T>> transaction(long bytes, Operation<Optional<T>> operation) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      Optional<T> value = operation.perform(trace);
      if (value.isPresent()) {
        recorder.success(start, ticker.nanoTime(), bytes, trace);
      } else {
        recorder.add(Quantity.ABORTED, 1);
      }
      return new Outcome.Success<>(value);
    } catch (OperationException e) {
      return failed(start, e.kind(), e.getMessage());
    }
  }

  /** See {@link TargetDriver#await}. */
  void await(BooleanSupplier condition) throws InterruptedException {
    driver.await(condition);
  }

  private <T> Outcome<T> measured(long bytes, Operation<T> operation) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      T value = operation.perform(trace);
      recorder.success(start, ticker.nanoTime(), bytes, trace);
      return new Outcome.Success<>(value);
    } catch (OperationException e) {
      return failed(start, e.kind(), e.getMessage());
    }
  }

  private Outcome<Long> verified(
      long start, long end, VerifyingSink sink, Payload expected, OperationTrace trace) {
    String difference = sink.differenceFrom(expected);
    if (difference != null) {
      recorder.failure(start, end, FailureKind.CORRUPT, difference);
      return new Outcome.Failure<>(FailureKind.CORRUPT, difference);
    }
    recorder.success(start, end, expected.size(), trace);
    return new Outcome.Success<>(expected.size());
  }

  private <T> Outcome<T> failed(long start, FailureKind kind, String message) {
    recorder.failure(start, ticker.nanoTime(), kind, String.valueOf(message));
    return new Outcome.Failure<>(kind, message);
  }

  private OperationTrace ownTrace() {
    OperationTrace trace = traces.get();
    trace.reset();
    return trace;
  }

  /** The failure behind what a future or a thread ended with. */
  public static OperationException failureOf(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof OperationException failure
        ? failure
        : new OperationException(FailureKind.INTERNAL, String.valueOf(cause), cause);
  }

  @Override
  public void close() {
    driver.close();
  }

  /**
   * What the driver is asked to do.
   *
   * @param <T> what it answers
   */
  @FunctionalInterface
  public interface Operation<T> {
    T perform(OperationTrace trace) throws OperationException;
  }
}
