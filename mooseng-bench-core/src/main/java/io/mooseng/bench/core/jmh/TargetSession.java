package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.load.LoadOutcome;
import io.mooseng.bench.core.load.LoadShape;
import io.mooseng.bench.core.load.ScheduledOperations;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.ClientPool;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    return open(Optional.empty());
  }

  /**
   * As {@link #open()}, with connections as a benchmark asks for them; they go before what the run
   * says. A target without sockets ignores them, which the row says if they are not the usual ones.
   */
  public static TargetSession open(ConnectionSettings connections) {
    TargetSession session = open(Optional.of(connections));
    List<String> chosen = connections.chosen();
    if (!chosen.isEmpty() && !session.target.driver().appliesConnectionSettings()) {
      session.warn("has no effect on this target: " + String.join(" ", chosen));
    }
    return session;
  }

  /**
   * Opens a target that the benchmark itself has started, whatever the run says.
   *
   * @param uri where it is reached
   * @throws SessionException if it cannot be opened
   */
  public static TargetSession openStarted(String uri) {
    ForkContext context = ForkContext.current();
    Target target = context.openStartedTarget(uri);
    try {
      return new TargetSession(context, target);
    } catch (SessionException e) {
      target.close();
      throw e;
    }
  }

  private static TargetSession open(Optional<ConnectionSettings> connections) {
    ForkContext context = ForkContext.current();
    Target target = context.openTarget(connections);
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

  /**
   * Opens more clients of the target, each as independent of the others as the target allows; see
   * {@link TargetDriver#newClient}. Closed by the caller, before this session.
   *
   * @throws SessionException saying which of them cannot be opened, of the kind it failed with
   */
  public List<Target> openClients(int count) {
    List<Target> clients = new ArrayList<>();
    SetUpProgress progress = progress("clients connected", count);
    try {
      while (clients.size() < count) {
        clients.add(target.newClient());
        progress.step();
      }
      return clients;
    } catch (OperationException e) {
      String message =
          "client %d of %d cannot be opened: %s"
              .formatted(clients.size() + 1, count, e.getMessage());
      SessionException failure = context.failed(e.kind(), message, e);
      try {
        ClientPool.closeAll(clients);
      } catch (RuntimeException other) {
        failure.addSuppressed(other);
      }
      throw failure;
    }
  }

  /** The payload of a variant, from the seed of the run. */
  public Payload payload(ByteSize size, long variant) {
    return Payload.of(context.seed(), variant, size);
  }

  /** Makes a fresh directory in the directory of the run. */
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
    FileRef made = setUpInAnySession((driver, trace) -> driver.createDirectory(root, name, trace));
    return new Place(made, rootPath() + name);
  }

  private String rootPath() {
    String name = context.access().runRoot();
    return name == null ? "" : name + "/";
  }

  /** Ends the trial if a file does not hold what it should. */
  public void verify(FileRef file, Content expected) {
    setUpInAnySession(
        (driver, trace) -> {
          target.verify(file, expected);
          return null;
        });
  }

  /** Reads that find nothing in the page cache; closed by the caller. */
  public ColdReads coldReads() {
    return new ColdReads(context, target.driver().identity().implementation());
  }

  /**
   * Removes a directory that an iteration or a trial leaves, unless the user wants to look at what
   * the run made.
   *
   * @throws SessionException if the target fails
   */
  public void cleanUp(FileRef directory) {
    if (!context.access().keep()) {
      remove(directory);
    }
  }

  /**
   * Removes a directory and what is in it, as a part of the benchmark; that it is gone already is
   * no failure here.
   *
   * @throws SessionException if the target fails
   */
  public void remove(FileRef directory) {
    Step<Void> removal =
        (driver, trace) -> {
          driver.deleteTree(directory, trace);
          return null;
        };
    try {
      inAnySession(target.driver(), removal);
    } catch (OperationException e) {
      if (e.kind() != FailureKind.NOT_FOUND) {
        throw context.failed(e.kind(), "clean-up failed: " + e.getMessage(), e);
      }
    }
  }

  private <T> T setUpInAnySession(Step<T> step) {
    return setUp((driver, trace) -> inAnySession(driver, step));
  }

  /**
   * Does something that is not measured by a driver that may not have been used since its target
   * forgot its session: who is refused asks once more, in the session made anew.
   *
   * @param driver of any client; it is asked to confirm its own session
   * @param step a single call, which has changed nothing if it was refused, or several that change
   *     nothing
   */
  public static <T> T inAnySession(TargetDriver driver, Step<T> step) throws OperationException {
    try {
      return step.perform(driver, new OperationTrace());
    } catch (OperationException e) {
      if (e.kind() != FailureKind.UNAUTHENTICATED) {
        throw e;
      }
      driver.confirmSession();
      return step.perform(driver, new OperationTrace());
    }
  }

  /** Removes a file. */
  public void delete(FileRef file) {
    setUpInAnySession(
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

  /** As {@link #setUp}, by something that has the driver already. */
  public void prepare(Preparation preparation) {
    setUp(
        (driver, trace) -> {
          preparation.perform();
          return null;
        });
  }

  /**
   * Shows the user how a long set-up gets on.
   *
   * @param what is made, in the plural
   */
  public SetUpProgress progress(String what, long steps) {
    return new SetUpProgress(what, steps, context.ticker(), ProgressOutput::tell);
  }

  /**
   * The smallest round-trip time that was measured over the emulated link before this fork; empty
   * if there is no such link.
   */
  public Optional<Duration> linkRtt() {
    return context.linkRtt();
  }

  /** The seed of the run. */
  public long seed() {
    return context.seed();
  }

  /** The clock of all operations. */
  public Ticker ticker() {
    return context.ticker();
  }

  /** The file with workloads of the user's own, if there is one. */
  public Optional<Path> workloads() {
    return WorkloadFiles.path(context.workload().workloads());
  }

  /**
   * The trace that is to be performed again.
   *
   * @throws SessionException if there is none
   */
  public Path trace() {
    return WorkloadFiles.path(context.workload().trace())
        .orElseThrow(
            () -> failed(FailureKind.FAILED_PRECONDITION, "no trace to replay: --trace FILE"));
  }

  /** Adds to an amount of the iteration that is being measured. */
  public void add(Quantity quantity, double amount) {
    context.recorder().add(quantity, amount);
  }

  /** Notes a value of the iteration that is being measured, in place of an earlier one. */
  public void note(Quantity quantity, double value) {
    context.recorder().note(quantity, value);
  }

  /**
   * Notes what became of a schedule, as values of the iteration that is being measured. That a
   * schedule was not kept is said of the row, unless it was run to warm up.
   */
  public void note(LoadOutcome outcome) {
    note(Quantity.ASKED_RATE, outcome.askedRate());
    note(Quantity.ACHIEVED_RATE, outcome.achievedRate());
    note(Quantity.DROPPED, outcome.dropped());
    note(Quantity.CONCURRENCY, outcome.meanInFlight());
    if (!warmingUp()) {
      outcome.warning().ifPresent(this::warn);
    }
  }

  /**
   * Offers operations to the target, once, in the shape that is given. It is the whole of what the
   * iteration records: what a search tried before is forgotten.
   */
  public void offer(LoadShape shape, ScheduledOperations operations) throws InterruptedException {
    new ScheduledLoad(this, context, shape).offer(operations);
  }

  /** Whether what is recorded now will be forgotten. */
  public boolean warmingUp() {
    return context.warmingUp();
  }

  /** Says something that must be known to trust the row; once, however often it is said. */
  public void warn(String warning) {
    context.warn(warning);
  }

  /** Says so if a race for a name is not decided by the target. */
  public void warnIfNamesAreDecidedHere() {
    if (!target.driver().decidesWhoGetsAName()) {
      warn("who gets a name is decided by a lock of this program, not by the file system");
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

  /** A step of set-up that was given the driver before. */
  @FunctionalInterface
  public interface Preparation {
    void perform() throws OperationException;
  }

  /** One step of set-up or clean-up. */
  @FunctionalInterface
  public interface Step<T> {
    T perform(TargetDriver driver, OperationTrace trace) throws OperationException;
  }
}
