package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.multiregion.client.TransactionClient;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.consistency.ClosedForm;
import io.mooseng.bench.proto.Abandonment;
import io.mooseng.bench.proto.RecoveryAnswer;
import io.mooseng.bench.proto.ShardContent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to change two places at once that different regions lead, how often does that
 * give way to others, and what becomes of it when the coordinator dies?
 *
 * <p>A cluster of three regions with two shards is started for the trial; the first region leads
 * the first shard, the second one the second. A transaction sets one key in both, by two-phase
 * commit that the client's region coordinates: both shards prepare at once, then the first decides,
 * then the second is told; each step is a write to a majority. {@code commit} is {@value
 * #TRANSACTIONS} of them, one after the other, while clients in the other regions do the same on
 * the same {@code keys}; one that meets a held key is aborted, and counted. {@code recover} has
 * coordinators forget {@value #FORGOTTEN} transactions that are prepared, and times another region
 * that ends them. After every call both shards are read and compared: a key that differs is a
 * violation of atomicity.
 *
 * <p>Does not measure MooseNG's own names: its protocol has no transactions.
 */
@Measures(value = OperationKind.METADATA, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class TransactionBenchmark {

  private static final int TRANSACTIONS = 20;
  private static final int FORGOTTEN = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"local", "wide", "atlantic", "pacific"})
  public String regions;

  /** Where the measured client stands, seen from the leader of the first shard. */
  @Param({"leader", "nearest", "farthest"})
  public String client;

  /** Keys that all clients choose from: the fewer, the more often they meet. */
  @Param({"64", "2"})
  public String keys;

  private final AtomicLong values = new AtomicLong();
  private TrialCluster trial;
  private TransactionClient measured;
  private List<TransactionClient> others;
  private String region;

  @Setup(Level.Trial)
  public void open() throws OperationException {
    trial =
        TrialCluster.open(
            RegionCluster.Options.of(TrialCluster.matrix(regions)).withTransactions());
    region = trial.region(client);
    measured = clientIn(region);
    others =
        trial.cluster().description().names().stream()
            .filter(name -> !name.equals(region))
            .map(this::clientIn)
            .toList();
    awaitShards();
  }

  private TransactionClient clientIn(String place) {
    return new TransactionClient(trial.cluster().description(), place, DEADLINE);
  }

  /** The shards elect their leaders after the regions have come up. */
  private void awaitShards() throws OperationException {
    long end = System.nanoTime() + 3 * DEADLINE.toNanos();
    while (true) {
      try {
        Calls.await(measured.setBoth("ready", values.incrementAndGet(), none()));
        return;
      } catch (OperationException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private static Abandonment none() {
    return Abandonment.ABANDONMENT_NONE;
  }

  @TearDown(Level.Trial)
  public void close() {
    measured.close();
    others.forEach(TransactionClient::close);
    trial.close();
  }

  @Benchmark
  public long commit() throws OperationException {
    trial.noteStart();
    int choice = Integer.parseInt(keys);
    LatencySeries committed = new LatencySeries(TRANSACTIONS);
    try (Others all = new Others()) {
      for (TransactionClient other : others) {
        all.start(
            "other-client",
            PAUSE,
            () -> {
              long value = values.incrementAndGet();
              Calls.await(other.setBoth("k" + value % choice, value, none()));
            });
      }
      for (int i = 0; i < TRANSACTIONS; i++) {
        long value = values.incrementAndGet();
        committed.time(() -> commits("k" + value % choice, value));
      }
    }
    trial.session().note(Quantity.ABORT_RATE, 1 - committed.count() / (double) TRANSACTIONS);
    RegionRow.noteDistance(
        trial.session(),
        ClosedForm.transactionNanos(
            trial.cluster().matrix(),
            region,
            trial.cluster().description().names().get(0),
            trial.cluster().description().names().get(1)),
        committed.nanos());
    noteAtomicity();
    return committed.count();
  }

  private boolean commits(String key, long value) {
    Outcome<Optional<Boolean>> outcome =
        trial
            .session()
            .target()
            .transaction(
                0,
                trace -> {
                  trace.roundTrip();
                  return Calls.await(measured.setBoth(key, value, none()))
                      ? Optional.of(true)
                      : Optional.empty();
                });
    return outcome instanceof Outcome.Success<Optional<Boolean>> success
        && success.value().isPresent();
  }

  @Benchmark
  public long recover() throws OperationException {
    trial.noteStart();
    for (int i = 0; i < FORGOTTEN; i++) {
      long value = values.incrementAndGet();
      Abandonment after =
          i % 2 == 0 ? Abandonment.ABANDONMENT_PREPARED : Abandonment.ABANDONMENT_DECIDED;
      try {
        Calls.await(others.get(0).setBoth("forgotten-" + value, value, after));
      } catch (OperationException e) {
        if (e.kind() != FailureKind.ABORTED) {
          throw e;
        }
      }
    }
    Outcome<RecoveryAnswer> outcome =
        trial
            .session()
            .target()
            .together(
                0,
                trace -> {
                  trace.roundTrip();
                  return Calls.await(measured.recover());
                });
    noteAtomicity();
    return outcome instanceof Outcome.Success<RecoveryAnswer> success
        ? success.value().getCommitted() + success.value().getAborted()
        : 0;
  }

  /** Nothing is under way: every key must have one value in both shards, and none be held. */
  private void noteAtomicity() throws OperationException {
    ShardContent first = Calls.await(measured.read(0));
    ShardContent second = Calls.await(measured.read(1));
    boolean whole =
        first.getValuesMap().equals(second.getValuesMap())
            && first.getPreparedCount() == 0
            && second.getPreparedCount() == 0;
    trial.session().note(Quantity.CHECKED, first.getValuesCount());
    trial.session().note(Quantity.VIOLATIONS, whole ? 0 : 1);
    if (!whole) {
      trial
          .session()
          .warn(
              "atomicity violated: the shards hold %s and %s, and %d and %d transactions hold keys"
                  .formatted(
                      first.getValuesMap(),
                      second.getValuesMap(),
                      first.getPreparedCount(),
                      second.getPreparedCount()));
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(TransactionBenchmark.class, args);
  }
}
