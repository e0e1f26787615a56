package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.AtOnce;
import io.mooseng.bench.core.target.ClientThreads;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import java.util.ArrayList;
import java.util.List;
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

  /** How much all clients leave on the target at once, but for the latest file of each. */
  static final int KEPT_MEGABYTES = 1024;

  private static final long BYTES_PER_MEGABYTE = 1024 * 1024;

  /** What is read again after an iteration; the first client's file always is. */
  private static final long VERIFIED_BYTES = 256 * BYTES_PER_MEGABYTE;

  /** Clients that are made ready, or looked after, at once: their calls wait for the network. */
  private static final int AT_ONCE = 64;

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
    int mostFiles = mostFilesOfEach(benchmark.clients);
    for (Target connection : session.openClients(benchmark.clients)) {
      clients.add(
          new WritingClient(session, connection, session.payload(size, clients.size()), mostFiles));
    }
    // Last: nobody would close them if anything after this failed.
    threads = new ClientThreads(clients, benchmark.inFlight);
  }

  private int mostFilesOfEach(int count) {
    long fitting = KEPT_MEGABYTES * BYTES_PER_MEGABYTE / Math.max(1, fileBytes);
    return (int) Math.max(1, Math.min(NewFiles.MOST_FILES, fitting) / count);
  }

  /** Makes the directories of an iteration. */
  @Setup(Level.Iteration)
  public void makeDirectories() {
    directory = session.newDirectory("writes");
    AtOnce.forEach(
        IntStream.range(0, clients.size()).boxed().toList(),
        AT_ONCE,
        i -> clients.get(i).begin(directory, "c" + i));
    threads.takeSuccesses();
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
      threads.drain();
      ClientShares.note(session, threads.takeSuccesses());
      AtOnce.forEach(verified(), AT_ONCE, WritingClient::verifyNewest);
    } finally {
      session.cleanUp(directory);
      clients.forEach(WritingClient::end);
    }
  }

  private List<WritingClient> verified() {
    long most = Math.max(1, VERIFIED_BYTES / Math.max(1, fileBytes));
    return clients.subList(0, (int) Math.min(clients.size(), most));
  }

  @TearDown(Level.Trial)
  public void close() {
    threads.close();
  }
}
