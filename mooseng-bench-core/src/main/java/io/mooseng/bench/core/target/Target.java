package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.workload.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The measuring facade of a system under test: takes the timestamps, verifies what was read, and
 * records the outcome, so that a driver cannot measure wrongly.
 *
 * <p>Every method is one measured operation, except {@link #driver}, for set-up and clean-up. Safe
 * for use by any number of threads.
 */
public final class Target implements AutoCloseable {

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

  /**
   * Another client of the same target, recorded by the same recorder; see {@link
   * TargetDriver#newClient}.
   */
  public Target newClient() throws OperationException {
    return new Target(driver.newClient(), recorder, ticker);
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
   * Reads a whole file, as {@link #read} does, as soon as {@code window} has room.
   *
   * <p>The operation starts when it is handed to the driver, not while it waits for room: closed
   * loop. It may be started, and is recorded, by a thread of the driver.
   */
  public void readAsync(FileRef file, Payload expected, InFlightWindow window)
      throws InterruptedException {
    window.submit(
        this,
        () -> {
          OperationTrace trace = new OperationTrace();
          VerifyingSink sink = new VerifyingSink(ticker, trace);
          long start = ticker.nanoTime();
          return finish(
              start,
              begin(() -> driver.readAsync(file, sink, trace)),
              done -> verified(start, ticker.nanoTime(), sink, expected, trace),
              window);
        });
  }

  /**
   * Asks for size and type of a file as soon as {@code window} has room; see {@link #readAsync}.
   */
  public void statAsync(FileRef file, InFlightWindow window) throws InterruptedException {
    window.submit(
        this,
        () -> {
          OperationTrace trace = new OperationTrace();
          long start = ticker.nanoTime();
          return finish(
              start,
              begin(() -> driver.statAsync(file, trace)),
              info -> recorder.success(start, ticker.nanoTime(), 0, trace),
              window);
        });
  }

  /** What a driver throws instead of reporting it must not leave a place of the window taken. */
  private static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Records the end of an operation, now or when it comes.
   *
   * @return whether it has come
   */
  private <T> boolean finish(
      long start, CompletableFuture<T> operation, Consumer<T> success, InFlightWindow window) {
    if (operation.isDone()) {
      operation.whenComplete((value, error) -> record(start, value, error, success));
      return true;
    }
    operation.whenComplete(
        (value, error) -> {
          record(start, value, error, success);
          window.leave();
        });
    return false;
  }

  private <T> void record(long start, T value, Throwable error, Consumer<T> success) {
    if (error == null) {
      success.accept(value);
    } else {
      OperationException failure = failureOf(error);
      failed(start, failure.kind(), failure.getMessage());
    }
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

  private static OperationException failureOf(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof OperationException failure
        ? failure
        : new OperationException(FailureKind.INTERNAL, String.valueOf(cause), cause);
  }

  @Override
  public void close() {
    driver.close();
  }

  /** One operation of the driver. */
  @FunctionalInterface
  private interface Operation<T> {
    T perform(OperationTrace trace) throws OperationException;
  }
}
