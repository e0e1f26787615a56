package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.mix.OperationStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast can several clients commit changes of several files each, and how many of their commits
 * have to give way?
 *
 * <p>Each thread of JMH ({@code -t}) is a client with a connection and a session of its own, as far
 * as the target knows such things.
 *
 * <p>A commit is that of table formats on file systems without transactions (Delta Lake, Iceberg's
 * file-system tables): write the data files under names of their own, write a commit record, and
 * rename it to the number after the last commit known. If another client took that number, the
 * commit is aborted: counted as {@code transactions.aborted}, neither an error nor part of the
 * latency, which is that of the commits that were made. {@code transactions.abort.rate} is the
 * share of aborted ones. The files of each commit are removed after it, which is outside of the
 * recorded latency but inside JMH's own score.
 *
 * <p>At the end of each iteration there must be as many records as commits were acknowledged, and
 * as their last number says, and at most as many more as renames failed without saying that nothing
 * happened; and no number may have been given to two clients. Else the trial ends as {@code
 * corrupt}.
 *
 * <p>Does not measure finding out what the last commit is: clients share that knowledge.
 */
@Measures(value = OperationKind.WRITE, concurrent = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(4)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MultiFileCommitBenchmark {

  private static final ByteSize FILE_SIZE = ByteSize.parse("4KB");
  private static final ByteSize RECORD_SIZE = ByteSize.parse("1KB");
  private static final int PAGE_ENTRIES = 1_000;

  /** Data files of one commit, of 4 KB each; the record is one more of 1 KB. */
  @Param({"1", "10"})
  public int files;

  private final AtomicLong lastCommit = new AtomicLong();
  private final Set<Long> committed = ConcurrentHashMap.newKeySet();
  private final AtomicLong givenTwice = new AtomicLong();
  private final AtomicLong aborted = new AtomicLong();

  /** Commits that failed, and may have been made nevertheless. */
  private final AtomicLong unknown = new AtomicLong();

  private FileRef records;
  private Payload data;
  private Payload record;

  @Setup(Level.Trial)
  public void preparePayloads(Clients clients) {
    data = clients.session().payload(FILE_SIZE, 0);
    record = clients.session().payload(RECORD_SIZE, 1);
    clients.session().warnIfNamesAreDecidedHere();
  }

  @Setup(Level.Iteration)
  public void beginAnew(Clients clients) {
    records = clients.files().newDirectory("records");
    lastCommit.set(0);
    committed.clear();
    givenTwice.set(0);
    aborted.set(0);
    unknown.set(0);
  }

  @TearDown(Level.Iteration)
  public void countCommits(Clients clients) {
    TargetSession session = clients.session();
    long tried = committed.size() + aborted.get();
    if (tried > 0) {
      session.note(Quantity.ABORT_RATE, aborted.get() / (double) tried);
    }
    int found =
        session.setUp(
            (driver, trace) -> DirectoryListing.count(driver, records, PAGE_ENTRIES, trace));
    if (givenTwice.get() > 0) {
      throw session.failed(
          FailureKind.CORRUPT,
          "%d numbers of commits were given to a client that another one had already"
              .formatted(givenTwice.get()));
    }
    long more = unknown.get();
    if (!isPossible(found, committed.size(), more) || !isPossible(found, lastCommit.get(), more)) {
      throw session.failed(
          FailureKind.CORRUPT,
          ("%d commits were acknowledged, the last number known is %d, %d failed without saying"
                  + " that nothing happened, and %d records are there")
              .formatted(committed.size(), lastCommit.get(), more, found));
    }
    session.cleanUp(records);
  }

  private static boolean isPossible(long found, long known, long unknown) {
    return known <= found && found <= known + unknown;
  }

  @Benchmark
  public Outcome<Optional<Long>> commit(Committer committer) {
    TargetDriver driver = committer.client.driver();
    long number = lastCommit.get() + 1;
    Outcome<Optional<Long>> outcome =
        committer.client.transaction(
            files * data.size() + record.size(),
            trace -> attempt(driver, committer.directory, number, trace));
    if (outcome instanceof Outcome.Success<Optional<Long>> success) {
      if (success.value().isEmpty()) {
        aborted.incrementAndGet();
      } else if (!committed.add(number)) {
        givenTwice.incrementAndGet();
      }
    }
    committer.beginAnew();
    return outcome;
  }

  private Optional<Long> attempt(
      TargetDriver driver, FileRef staging, long number, OperationTrace trace)
      throws OperationException {
    for (int i = 0; i < files; i++) {
      driver.write(staging, "data-" + i, data, trace);
    }
    FileRef staged = driver.write(staging, "record", record, trace);
    try {
      driver.rename(staged, records, "commit-" + number, trace);
    } catch (OperationException e) {
      if (e.kind() == FailureKind.ALREADY_EXISTS) {
        lastCommit.accumulateAndGet(number, Math::max);
        return Optional.empty();
      }
      if (!OperationStream.leavesFileAsItWas(e.kind())) {
        unknown.incrementAndGet();
      }
      throw e;
    }
    lastCommit.accumulateAndGet(number, Math::max);
    return Optional.of(number);
  }

  /**
   * A client, and where it stages what it wants to commit. It ends nothing itself: JMH may end the
   * session in one thread while another is still here.
   */
  @State(Scope.Thread)
  public static class Committer {

    private FileTarget files;
    private Target client;
    private FileRef directory;

    @Setup(Level.Trial)
    public void join(Clients clients) {
      files = clients.files();
      client = clients.open(1).get(0);
      directory = files.newDirectory("staging");
    }

    void beginAnew() {
      files.session().remove(directory);
      directory = files.newDirectory("staging");
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(MultiFileCommitBenchmark.class, args);
  }
}
