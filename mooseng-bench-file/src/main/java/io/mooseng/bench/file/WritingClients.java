package io.mooseng.bench.file;

import static java.util.Comparator.reverseOrder;

import io.mooseng.bench.core.jmh.SessionException;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.AtOnce;
import io.mooseng.bench.core.target.ClientThreads;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The clients of {@link ClientsBenchmark} that write files, and what they have written in an
 * iteration: each in a directory of its own, all of these in one. Safe for use by any number of
 * threads.
 */
@State(Scope.Benchmark)
public class WritingClients {

  /** How much all clients have on the target at once, unless what is under way is more. */
  static final int KEPT_MEGABYTES = 1024;

  private static final long BYTES_PER_MEGABYTE = 1024 * 1024;

  /** What is read again after an iteration; the first client's file always is. */
  private static final long VERIFIED_BYTES = 256 * BYTES_PER_MEGABYTE;

  /** Clients that are made ready, or looked after, at once: their calls wait for the network. */
  private static final int AT_ONCE = 64;

  private static final String LATEST_FILE = "latest file";

  private final List<WritingClient> clients = new ArrayList<>();
  private TargetSession session;
  private ClientThreads threads;
  private FileRef directory;
  private long fileBytes;

  @Setup(Level.Trial)
  public void open(ClientsBenchmark benchmark, ConnectedTarget target) {
    session = target.session();
    ByteSize size = ByteSize.parse(benchmark.size);
    fileBytes = size.bytes();
    int mostFiles = mostFilesOfEach(benchmark.clients, benchmark.inFlight, fileBytes);
    for (Target connection : session.openClients(benchmark.clients)) {
      clients.add(new WritingClient(connection, session.payload(size, clients.size()), mostFiles));
    }
    // Last: nobody would close them if anything after this failed.
    threads = new ClientThreads(clients, benchmark.inFlight);
  }

  /** An equal share of what all may have, but one for each operation under way. */
  static int mostFilesOfEach(int clients, int inFlight, long fileBytes) {
    long fitting = KEPT_MEGABYTES * BYTES_PER_MEGABYTE / Math.max(1, fileBytes);
    return (int) Math.max(inFlight, Math.min(NewFiles.MOST_FILES, fitting) / clients);
  }

  /**
   * Makes the directories of an iteration.
   *
   * @throws io.mooseng.bench.core.jmh.SessionException if the target fails
   */
  @Setup(Level.Iteration)
  public void makeDirectories() {
    directory = session.newDirectory("writes");
    Optional<Failure> failure =
        worst(clients.size(), i -> clients.get(i).begin(directory, "c" + i));
    if (failure.isPresent()) {
      throw failed("directory", failure.get());
    }
    threads.takeSuccesses();
  }

  /** Something that is done with a client. */
  @FunctionalInterface
  private interface Step {
    void perform(int client) throws OperationException;
  }

  private record Failure(int client, OperationException cause) {
    boolean corrupt() {
      return cause.kind() == FailureKind.CORRUPT;
    }
  }

  /** Performs a step with the first clients, several at once; of all failures, a corrupt one. */
  private static Optional<Failure> worst(int count, Step step) {
    Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    AtOnce.forEach(
        IntStream.range(0, count).boxed().toList(),
        AT_ONCE,
        i -> {
          try {
            step.perform(i);
          } catch (OperationException e) {
            failures.add(new Failure(i, e));
          }
        });
    return failures.stream()
        .max(Comparator.comparing(Failure::corrupt).thenComparing(Failure::client, reverseOrder()));
  }

  private SessionException failed(String what, Failure failure) {
    OperationException cause = failure.cause();
    String message =
        "%s of client %d of %d: %s"
            .formatted(what, failure.client() + 1, clients.size(), cause.getMessage());
    return session.failed(cause.kind(), message);
  }

  ClientThreads threads() {
    return threads;
  }

  /**
   * Waits for what is under way, looks at the latest files, and removes all of them.
   *
   * @throws io.mooseng.bench.core.jmh.SessionException of kind CORRUPT if a file does not hold what
   *     its writer was told it does; or as the target failed
   */
  @TearDown(Level.Iteration)
  public void finish() throws InterruptedException {
    try {
      drain();
      Optional<Failure> failure = verify();
      if (failure.isPresent()) {
        throw failed(LATEST_FILE, failure.get());
      }
    } catch (RuntimeException | Error | InterruptedException failure) {
      try {
        removeAll();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
    removeAll();
  }

  private void removeAll() {
    try {
      session.cleanUp(directory);
    } finally {
      clients.forEach(WritingClient::end);
    }
  }

  private void drain() throws InterruptedException {
    try {
      int withdrawn = threads.drain();
      if (withdrawn > 0 && !session.warmingUp()) {
        session.warn(
            "the target became so slow that writes in JMH's score were never begun; op/s is right");
      }
      if (clients.stream().anyMatch(client -> client.unremoved() > 0) && !session.warmingUp()) {
        session.warn(
            "old files could not be removed: clients may have had more files than their share");
      }
      ClientShares.note(session, threads.takeSuccesses());
    } catch (RuntimeException | Error defect) {
      // A defect of this program must not hide that the target lost data.
      Optional<Failure> corrupt = verify().filter(Failure::corrupt);
      if (corrupt.isPresent()) {
        SessionException failure = failed(LATEST_FILE, corrupt.get());
        failure.addSuppressed(defect);
        throw failure;
      }
      throw defect;
    }
  }

  private Optional<Failure> verify() {
    long most = Math.max(1, VERIFIED_BYTES / Math.max(1, fileBytes));
    return worst((int) Math.min(clients.size(), most), i -> clients.get(i).verifyNewest());
  }

  @TearDown(Level.Trial)
  public void close() {
    threads.close();
  }
}
