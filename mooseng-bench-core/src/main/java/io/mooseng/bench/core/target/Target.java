package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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

  /** Gives the trace of the calling thread. */
  private final Supplier<OperationTrace> traces;

  /** Says of an operation, before it starts, what is known of it then. */
  private final Consumer<OperationTrace> mark;

  public Target(TargetDriver driver, OperationRecorder recorder, Ticker ticker) {
    this(driver, recorder, ticker, ThreadLocal.withInitial(OperationTrace::new)::get, trace -> {});
  }

  private Target(
      TargetDriver driver,
      OperationRecorder recorder,
      Ticker ticker,
      Supplier<OperationTrace> traces,
      Consumer<OperationTrace> mark) {
    this.driver = driver;
    this.recorder = recorder;
    this.ticker = ticker;
    this.traces = traces;
    this.mark = mark;
  }

  /**
   * This target, for an operation of a schedule: from its intended start its response time and its
   * lag are counted. Not to be closed.
   */
  public Target at(long intendedStartNanos) {
    return marked(trace -> trace.intendedStart(intendedStartNanos));
  }

  /**
   * This target, for an operation of a mix: its latency is recorded by kind as well. Not to be
   * closed.
   *
   * @param kind the name in result files
   */
  public Target as(String kind) {
    return marked(trace -> trace.operation(kind));
  }

  /**
   * This target for one thread that wants to know when its operations started and ended. Not to be
   * closed.
   *
   * @param own tells it of an operation that has ended, until the next one begins
   * @param more says of an operation, before it starts, what is known of it then
   */
  public Target tracedBy(OperationTrace own, Consumer<OperationTrace> more) {
    return new Target(driver, recorder, ticker, () -> own, mark.andThen(more));
  }

  private Target marked(Consumer<OperationTrace> more) {
    return new Target(driver, recorder, ticker, traces, mark.andThen(more));
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

  /** Replaces a part of a file; see {@link TargetDriver#overwrite}. */
  public Outcome<Boolean> overwrite(FileRef file, long offset, Payload payload) {
    return done(payload.size(), trace -> driver.overwrite(file, offset, payload, trace));
  }

  /** Adds to the end of a file; see {@link TargetDriver#append}. */
  public Outcome<Boolean> append(FileRef file, Payload payload) {
    return done(payload.size(), trace -> driver.append(file, payload, trace));
  }

  /**
   * Reads a whole file. Its length and the CRC32C of each MiB are compared with {@code expected}
   * after the end was taken; a difference is a failure of kind CORRUPT, whose message says where
   * the first one is.
   *
   * @param expected what the file holds; not changed while the read is under way
   */
  public Outcome<Long> read(FileRef file, Content expected) {
    OperationTrace trace = ownTrace();
    VerifyingSink sink = new VerifyingSink(ticker, trace, 0);
    long start = ticker.nanoTime();
    try {
      driver.read(file, sink, trace);
      long end = ticker.nanoTime();
      return verified(start, end, file, sink, expected, expected.size(), trace);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /**
   * Reads a part of a file, and compares it with the same part of {@code expected} as {@link #read}
   * does. A range that goes beyond the file is a failure of kind INVALID.
   */
  public Outcome<Long> readRange(FileRef file, long offset, long length, Content expected) {
    OperationTrace trace = ownTrace();
    VerifyingSink sink = new VerifyingSink(ticker, trace, offset);
    long start = ticker.nanoTime();
    try {
      driver.readRange(file, offset, length, sink, trace);
      long end = ticker.nanoTime();
      return verified(start, end, file, sink, expected, length, trace);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /**
   * Reads a whole file, as {@link #read} does, as soon as {@code window} has room.
   *
   * <p>The operation starts when it is handed to the driver, not while it waits for room: closed
   * loop. It may be started, and is recorded, by a thread of the driver.
   */
  public void readAsync(FileRef file, Content expected, InFlightWindow window)
      throws InterruptedException {
    window.submit(this, () -> occupy(window, () -> readAsync(file, expected)));
  }

  /**
   * Reads a whole file, as {@link #read} does, without waiting.
   *
   * @return complete when the read has ended and was recorded: true if as a success
   */
  public CompletableFuture<Boolean> readAsync(FileRef file, Content expected) {
    OperationTrace trace = newTrace();
    VerifyingSink sink = new VerifyingSink(ticker, trace, 0);
    long start = ticker.nanoTime();
    return recorded(
        start,
        trace,
        begin(() -> driver.readAsync(file, sink, trace)),
        done ->
            verified(start, ticker.nanoTime(), file, sink, expected, expected.size(), trace)
                .succeeded());
  }

  /**
   * Asks for size and type of a file as soon as {@code window} has room; see {@link
   * #readAsync(FileRef, Content, InFlightWindow)}.
   */
  public void statAsync(FileRef file, InFlightWindow window) throws InterruptedException {
    window.submit(this, () -> occupy(window, () -> statAsync(file)));
  }

  /** Asks for size and type of a file; see {@link #readAsync(FileRef, Content)}. */
  public CompletableFuture<Boolean> statAsync(FileRef file) {
    OperationTrace trace = newTrace();
    long start = ticker.nanoTime();
    return recorded(
        start,
        trace,
        begin(() -> driver.statAsync(file, trace)),
        info -> {
          recorder.success(start, ticker.nanoTime(), 0, trace);
          return true;
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

  /** Creates an empty file. */
  public Outcome<FileRef> create(FileRef parent, String name) {
    return measured(0, trace -> driver.create(parent, name, trace));
  }

  public Outcome<FileInfo> stat(FileRef file) {
    return measured(0, trace -> driver.stat(file, trace));
  }

  /** Stats what a path leads to; see {@link TargetDriver#statPath}. */
  public Outcome<FileInfo> statPath(String path) {
    return measured(0, trace -> driver.statPath(path, trace));
  }

  /**
   * Stats a path that leads nowhere: NOT_FOUND is the success. To find something is a failure of
   * kind ALREADY_EXISTS.
   */
  public Outcome<Boolean> statMissing(String path) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      FileInfo found = driver.statPath(path, trace);
      String what = found.directory() ? "directory" : "file of " + found.size() + " bytes";
      String message = "'%s' should not exist and is a %s".formatted(path, what);
      return failed(start, OperationException.light(FailureKind.ALREADY_EXISTS, message), trace);
    } catch (OperationException e) {
      if (e.kind() != FailureKind.NOT_FOUND) {
        return failed(start, e, trace);
      }
      recorder.success(start, ticker.nanoTime(), 0, trace);
      return new Outcome.Success<>(Boolean.TRUE);
    }
  }

  /** Sets extended attributes; see {@link TargetDriver#setAttributes}. */
  public Outcome<Boolean> setAttributes(String path, Map<String, byte[]> attributes) {
    return done(0, trace -> driver.setAttributes(path, attributes, trace));
  }

  /**
   * Asks for all extended attributes. After the end was taken, those in {@code expected} are
   * compared; one that is missing or different is a failure of kind CORRUPT.
   */
  public Outcome<Map<String, byte[]>> attributes(String path, Map<String, byte[]> expected) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      Map<String, byte[]> found = driver.attributes(path, trace);
      long end = ticker.nanoTime();
      for (Map.Entry<String, byte[]> attribute : expected.entrySet()) {
        byte[] value = found.get(attribute.getKey());
        if (!Arrays.equals(value, attribute.getValue())) {
          String what = value == null ? "missing" : "another";
          String message =
              "'%s': the value of attribute '%s' is %s".formatted(path, attribute.getKey(), what);
          return failed(start, end, OperationException.light(FailureKind.CORRUPT, message), trace);
        }
      }
      recorder.success(start, end, 0, trace);
      return new Outcome.Success<>(found);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
  }

  /** One page of a directory; see {@link TargetDriver#list}. */
  public Outcome<ListPage> list(FileRef directory, long offset, int limit) {
    return measured(0, trace -> driver.list(directory, offset, limit, trace));
  }

  public Outcome<FileRef> rename(FileRef file, FileRef newParent, String newName) {
    return measured(0, trace -> driver.rename(file, newParent, newName, trace));
  }

  public Outcome<Boolean> delete(FileRef file) {
    return done(0, trace -> driver.delete(file, trace));
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
        payload.size(), new CompoundOperations(driver, ticker).publication(parent, name, payload));
  }

  /**
   * The life of a file as one operation: written, read, overwritten as a whole, read again,
   * deleted. What is read is compared with what was written, within the time of the operation.
   *
   * @param update replaces {@code payload}, and has its size
   */
  public Outcome<Boolean> lifeCycle(FileRef parent, String name, Payload payload, Payload update) {
    return measured(
        2 * payload.size() + 2 * update.size(),
        new CompoundOperations(driver, ticker).life(parent, name, payload, update));
  }

  /**
   * Reads a file and compares it with what it should hold, without measuring anything.
   *
   * @throws OperationException of kind CORRUPT if it holds something else
   */
  public void verify(FileRef file, Content expected) throws OperationException {
    new CompoundOperations(driver, ticker).readBack(file, expected, new OperationTrace());
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
   * As {@link #together}, with an answer that is looked at after the end was taken.
   *
   * @param difference what is wrong with the answer, in one line: a failure of kind CORRUPT
   */
  public <T> Outcome<T> checked(
      long bytes, Operation<T> operation, Function<T, Optional<String>> difference) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      T answer = operation.perform(trace);
      long end = ticker.nanoTime();
      Optional<String> wrong = difference.apply(answer);
      if (wrong.isPresent()) {
        return failed(
            start, end, OperationException.light(FailureKind.CORRUPT, wrong.get()), trace);
      }
      recorder.success(start, end, bytes, trace);
      return new Outcome.Success<>(answer);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
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
      return failed(start, e, trace);
    }
  }

  /** See {@link TargetDriver#await}. */
  void await(BooleanSupplier condition) throws InterruptedException {
    driver.await(condition);
  }

  private Outcome<Boolean> done(long bytes, Action action) {
    return measured(
        bytes,
        trace -> {
          action.perform(trace);
          return Boolean.TRUE;
        });
  }

  private <T> Outcome<T> measured(long bytes, Operation<T> operation) {
    OperationTrace trace = ownTrace();
    long start = ticker.nanoTime();
    try {
      T value = operation.perform(trace);
      recorder.success(start, ticker.nanoTime(), bytes, trace);
      return new Outcome.Success<>(value);
    } catch (OperationException e) {
      return failed(start, e, trace);
    }
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
      return failed(start, end, OperationException.light(FailureKind.CORRUPT, difference), trace);
    }
    recorder.success(start, end, length, trace);
    return new Outcome.Success<>(length);
  }

  private <T> Outcome<T> failed(long start, OperationException failure, OperationTrace trace) {
    return failed(start, ticker.nanoTime(), failure, trace);
  }

  private <T> Outcome<T> failed(
      long start, long end, OperationException failure, OperationTrace trace) {
    String message = String.valueOf(failure.getMessage());
    recorder.failure(start, end, failure.kind(), message, trace);
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

  /** One operation of the driver that answers nothing. */
  @FunctionalInterface
  private interface Action {
    void perform(OperationTrace trace) throws OperationException;
  }
}
