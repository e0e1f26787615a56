package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.Payload;
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
  private final FileRef root;

  private TargetSession(ForkContext context, Target target) {
    this.context = context;
    this.target = target;
    this.root = root();
  }

  private FileRef root() {
    String name = context.access().runRoot();
    return setUp(
        (driver, trace) -> name == null ? driver.root() : driver.find(driver.root(), name, trace));
  }

  /**
   * Opens the target this JVM was told to use.
   *
   * @throws SessionException if it cannot be opened
   */
  public static TargetSession open() {
    ForkContext context = ForkContext.current();
    Target target = new Target(context.openDriver(), context.recorder(), context.ticker());
    try {
      return new TargetSession(context, target);
    } catch (SessionException e) {
      context.close(target);
      throw e;
    }
  }

  /** The measuring facade; every call is one recorded operation. */
  public Target target() {
    return target;
  }

  /** The payload of a variant, from the seed of the run. */
  public Payload payload(ByteSize size, long variant) {
    return Payload.of(context.seed(), variant, size);
  }

  /** Makes a fresh directory in the directory of the run. */
  public FileRef newDirectory(String purpose) {
    String name = purpose + "-" + UUID.randomUUID();
    return setUp((driver, trace) -> driver.createDirectory(root, name, trace));
  }

  /** Reads that find nothing in the page cache; closed by the caller. */
  public ColdReads coldReads() {
    return new ColdReads(context, target.driver().identity().implementation());
  }

  /** Whether what the trial leaves stays, because the user wants to look at it. */
  public boolean keeps() {
    return context.access().keep();
  }

  /**
   * Removes a directory and what is in it; that it is gone already is no failure here.
   *
   * @throws SessionException if the target fails
   */
  public void remove(FileRef directory) {
    try {
      target.driver().deleteTree(directory, new OperationTrace());
    } catch (OperationException e) {
      if (e.kind() != FailureKind.NOT_FOUND) {
        throw context.failed(e.kind(), "clean-up failed: " + e.getMessage(), e);
      }
    }
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

  /** Ends the trial because of something the benchmark itself found. */
  public SessionException failed(FailureKind kind, String message) {
    return context.failed(kind, message, null);
  }

  @Override
  public void close() {
    context.close(target);
  }

  /** One step of set-up or clean-up. */
  @FunctionalInterface
  public interface Step<T> {
    T perform(TargetDriver driver, OperationTrace trace) throws OperationException;
  }
}
