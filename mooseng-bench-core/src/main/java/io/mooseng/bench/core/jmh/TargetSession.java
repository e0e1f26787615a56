package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;
import java.util.Optional;
import java.util.UUID;

/**
 * The target of a benchmark for one trial, and a directory of its own there.
 *
 * <p>Opened in {@code @Setup(Level.Trial)}, closed in {@code @TearDown(Level.Trial)}. Set-up calls
 * go through {@link #setUp}, which measures nothing and ends the trial if the target fails. Safe
 * for use by any number of threads.
 */
public final class TargetSession implements AutoCloseable {

  private final ForkContext context;
  private final Target target;

  private TargetSession(ForkContext context, Target target) {
    this.context = context;
    this.target = target;
  }

  /**
   * Opens the target this JVM was told to use.
   *
   * @throws SessionException if it cannot be opened
   */
  public static TargetSession open() {
    return open(Optional.empty());
  }

  /**
   * As {@link #open()}, with connections as a benchmark asks for them; they go before what the run
   * says, and a target without sockets ignores them.
   */
  public static TargetSession open(ConnectionSettings connections) {
    return open(Optional.of(connections));
  }

  private static TargetSession open(Optional<ConnectionSettings> connections) {
    ForkContext context = ForkContext.current();
    return new TargetSession(
        context, new Target(context.openDriver(connections), context.recorder(), context.ticker()));
  }

  /** The measuring facade; every call is one recorded operation. */
  public Target target() {
    return target;
  }

  /** The payload of a variant, from the seed of the run. */
  public Payload payload(ByteSize size, long variant) {
    return Payload.of(context.seed(), variant, size);
  }

  /** Makes a fresh directory under the target's root. */
  public FileRef newDirectory(String purpose) {
    return newPlace(purpose).directory();
  }

  /**
   * A directory and how it is reached.
   *
   * @param path from the target's root, as {@link TargetDriver#statPath} takes it
   */
  public record Place(FileRef directory, String path) {}

  /** As {@link #newDirectory}, for those who need its path. */
  public Place newPlace(String purpose) {
    String name = purpose + "-" + UUID.randomUUID();
    FileRef made = setUp((driver, trace) -> driver.createDirectory(driver.root(), name, trace));
    return new Place(made, name);
  }

  /** Ends the trial if a file does not hold what it should. */
  public void verify(FileRef file, Content expected) {
    setUp(
        (driver, trace) -> {
          target.verify(file, expected);
          return null;
        });
  }

  /** Removes a directory and what is in it. */
  public void remove(FileRef directory) {
    setUp(
        (driver, trace) -> {
          driver.deleteTree(directory, trace);
          return null;
        });
  }

  /** Removes a file. */
  public void delete(FileRef file) {
    setUp(
        (driver, trace) -> {
          driver.delete(file, trace);
          return null;
        });
  }

  /**
   * Does something on the target that is not measured.
   *
   * @throws SessionException if the target fails
   */
  public <T> T setUp(Step<T> step) {
    try {
      return step.perform(target.driver(), new OperationTrace());
    } catch (OperationException e) {
      throw context.failed(e.kind(), "set-up failed: " + e.getMessage(), e);
    }
  }

  /**
   * Shows the user how a long set-up gets on.
   *
   * @param what is made, in the plural
   */
  public SetUpProgress progress(String what, long steps) {
    return new SetUpProgress(what, steps, context.ticker(), System.out::println);
  }

  /** Adds to an amount of the iteration that is being measured. */
  public void add(Quantity quantity, double amount) {
    context.recorder().add(quantity, amount);
  }

  /** Notes a value of the iteration that is being measured, in place of an earlier one. */
  public void note(Quantity quantity, double value) {
    context.recorder().note(quantity, value);
  }

  /** Says something that must be known to trust the row; once, however often it is said. */
  public void warn(String warning) {
    context.warn(warning);
  }

  /** Ends the trial because of something the benchmark itself found. */
  public SessionException failed(FailureKind kind, String message) {
    return context.failed(kind, message, null);
  }

  @Override
  public void close() {
    target.close();
  }

  /** One step of set-up or clean-up. */
  @FunctionalInterface
  public interface Step<T> {
    T perform(TargetDriver driver, OperationTrace trace) throws OperationException;
  }
}
