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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final Measurement measurement;

  public Target(TargetDriver driver, OperationRecorder recorder, Ticker ticker) {
    this(driver, recorder, ticker, OperationListener.NONE);
  }

  /** As above; {@code listener} hears of every operation, those of other clients included. */
  public Target(
      TargetDriver driver, OperationRecorder recorder, Ticker ticker, OperationListener listener) {
    this(driver, new Measurement(recorder, ticker, listener));
  }

  private Target(TargetDriver driver, Measurement measurement) {
    this.driver = driver;
    this.measurement = measurement;
  }

  /**
   * This target, for an operation of a schedule: from its intended start its response time and its
   * lag are counted. Not to be closed.
   */
  public Target at(long intendedStartNanos) {
    return marked(trace -> trace.intendedStart(intendedStartNanos));
  }

  /**
   * This target, for an operation of a mix: its latency is recorded by kind as well, which is its
   * name in result files. Not to be closed.
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
    return new Target(driver, measurement.tracedBy(own).marked(more));
  }

  private Target marked(Consumer<OperationTrace> more) {
    return new Target(driver, measurement.marked(more));
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
    return new Target(driver.newClient(), measurement.ofAnotherClient());
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
    return measurement.read(
        file, 0, expected.size(), expected, (sink, trace) -> driver.read(file, sink, trace));
  }

  /**
   * Reads a part of a file, and compares it with the same part of {@code expected} as {@link #read}
   * does. A range that goes beyond the file is a failure of kind INVALID.
   */
  public Outcome<Long> readRange(FileRef file, long offset, long length, Content expected) {
    return measurement.read(
        file,
        offset,
        length,
        expected,
        (sink, trace) -> driver.readRange(file, offset, length, sink, trace));
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
    return measurement.readLater(
        file, expected, (sink, trace) -> driver.readAsync(file, sink, trace));
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
    return measurement.later(trace -> driver.statAsync(file, trace));
  }

  /** See {@link Measurement#occupy}. */
  boolean occupy(Place place, Supplier<CompletableFuture<Boolean>> start) {
    return measurement.occupy(place, start);
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
    return measurement.refused(
        FailureKind.NOT_FOUND,
        trace -> driver.statPath(path, trace),
        found -> {
          String what = found.directory() ? "directory" : "file of " + found.size() + " bytes";
          return "'%s' should not exist and is a %s".formatted(path, what);
        });
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
    return checked(
        0, trace -> driver.attributes(path, trace), found -> difference(path, expected, found));
  }

  private static Optional<String> difference(
      String path, Map<String, byte[]> expected, Map<String, byte[]> found) {
    for (Map.Entry<String, byte[]> attribute : expected.entrySet()) {
      byte[] value = found.get(attribute.getKey());
      if (!Arrays.equals(value, attribute.getValue())) {
        String what = value == null ? "missing" : "another";
        return Optional.of(
            "'%s': the value of attribute '%s' is %s".formatted(path, attribute.getKey(), what));
      }
    }
    return Optional.empty();
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
    if (outcome instanceof Outcome.Failure<?> failure) {
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
    return measured(payload.size(), compounds().publication(parent, name, payload));
  }

  /**
   * The life of a file as one operation: written, read, overwritten as a whole, read again,
   * deleted. What was read is compared with what was written after the end was taken.
   *
   * @param update replaces {@code payload}, and has its size
   */
  public Outcome<?> lifeCycle(FileRef parent, String name, Payload payload, Payload update) {
    return measurement.confirmed(
        2 * payload.size() + 2 * update.size(),
        compounds().life(parent, name, payload, update),
        reads -> {
          for (CompoundOperations.ReadBack read : reads) {
            read.confirm();
          }
        });
  }

  /**
   * Reads a file, or what is {@link Content#known} of it, and compares it, without measuring.
   *
   * @throws OperationException of kind CORRUPT if it holds something else
   */
  public void verify(FileRef file, Content expected) throws OperationException {
    compounds().verify(file, expected);
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
    return measurement.checked(bytes, operation, difference);
  }

  /**
   * As {@link #together}, with an answer that is looked at after the end was taken.
   *
   * @param confirmation may throw what is wrong with the answer: a failure of that kind
   */
  public <T> Outcome<T> confirmed(
      long bytes, Operation<T> operation, Confirmation<T> confirmation) {
    return measurement.confirmed(bytes, operation, confirmation);
  }

  /**
   * Measures an operation that is not one of a driver, without waiting.
   *
   * @param operation completes exceptionally, with an {@link OperationException}, if it failed
   * @return complete when it has ended and was recorded: true if as a success
   */
  public <T> CompletableFuture<Boolean> performLater(
      Function<OperationTrace, CompletableFuture<T>> operation) {
    return measurement.later(operation);
  }

  /**
   * Measures an operation of a system that is being broken, without waiting: one without an answer
   * is no failure of the benchmark, and is not recorded; the caller counts it.
   *
   * @param operation completes with whether there was an answer
   * @return the same, complete when the operation was recorded
   */
  public CompletableFuture<Boolean> attemptLater(
      Function<OperationTrace, CompletableFuture<Boolean>> operation) {
    return measurement.attemptLater(operation);
  }

  /**
   * As {@link #together}, for an operation that may give way to another: an empty answer is no
   * error and no success, and is counted as {@link Quantity#ABORTED}.
   */
  public <T> Outcome<Optional<T>> transaction(long bytes, Operation<Optional<T>> operation) {
    return measurement.transaction(bytes, operation);
  }

  /** See {@link TargetDriver#await}. */
  void await(BooleanSupplier condition) throws InterruptedException {
    driver.await(condition);
  }

  /** The time of the clock that measures, in ns. */
  long nanoTime() {
    return measurement.ticker().nanoTime();
  }

  private CompoundOperations compounds() {
    return new CompoundOperations(driver, measurement.ticker());
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
    return measurement.of(bytes, operation);
  }

  /** The failure behind what a future or a thread ended with. */
  public static OperationException failureOf(Throwable error) {
    return Measurement.failureOf(error);
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

  /**
   * What an answer must be to count.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface Confirmation<T> {
    void confirm(T answer) throws OperationException;
  }

  /** One operation of the driver that answers nothing. */
  @FunctionalInterface
  private interface Action {
    void perform(OperationTrace trace) throws OperationException;
  }
}
