package io.mooseng.bench.multiregion;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.multiregion.client.ClusterWatch;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.RegionClient;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.ReplicationPolicy;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.multiregion.consistency.Promise;
import io.mooseng.bench.multiregion.consistency.RecordedRegisters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cluster of three regions some milliseconds apart, and every method once on it. All in one
 * class, since a cluster takes seconds to start.
 */
@Timeout(120)
class RegionsTest {

  private static final double MILLIS = 1e6;
  private static final int WRITERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String FILE = "register";

  @TempDir private static Path histories;

  private static RegionCluster cluster;
  private static ClusterWatch watch;

  @BeforeAll
  static void start() throws Exception {
    RttMatrix near =
        new RttMatrix(
            "near",
            "this test",
            List.of("a", "b", "c"),
            Map.of(
                "a", Map.of("b", Duration.ofMillis(8), "c", Duration.ofMillis(16)),
                "b", Map.of("c", Duration.ofMillis(12))));
    cluster =
        RegionCluster.start(
            RegionCluster.Options.of(near)
                .withDurableLog(true)
                .withReplication(ReplicationPolicy.ALL)
                .withTransactions());
    watch = new ClusterWatch(cluster);
    try (TargetDriver driver = driver(watch.awaitLeader(PATIENCE))) {
      driver.create(driver.root(), FILE, new OperationTrace());
    }
    TrialCluster.lend(cluster);
    System.setProperty(HistoryDirectory.PROPERTY, histories.toString());
  }

  @AfterAll
  static void stop() throws Exception {
    System.clearProperty(HistoryDirectory.PROPERTY);
    TrialCluster.lend(null);
    Collection<Long> processes = cluster.pids().values();
    watch.close();
    cluster.close();
    assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String ours = "mooseng-bench-" + ProcessHandle.current().pid() + "-regions-*";
    try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, ours)) {
      assertThat(left).isEmpty();
    }
  }

  private static RecordedInterval run(
      Class<?> benchmark, String method, Map<String, String> parameters) {
    try (BenchmarkTrial trial = BenchmarkTrial.against("memory:/", benchmark, method, parameters)) {
      return trial.iterate(1);
    }
  }

  @Test
  void aWriteIsNeverFasterThanItsQuorumAndItsHistoryIsChecked() {
    RecordedInterval interval =
        run(RegionWriteBenchmark.class, "write", Map.of("client", "farthest"));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(20);
    assertThat(interval.values().get(Quantity.DISTANCE)).isEqualTo(24 * MILLIS);
    assertThat(interval.latencyNanos().getMinValue()).isGreaterThan((long) (23.9 * MILLIS));
    assertThat(interval.values().get(Quantity.CHECKED)).isGreaterThan(20);
    assertThat(interval.values().get(Quantity.VIOLATIONS)).isZero();
    assertThat(histories).isDirectoryContaining("glob:**write-c-*.edn");
  }

  /** The wall clock of this JVM, an hour ahead from the second time on that it is looked at. */
  @Test
  void aClockThatJumpsInARowIsSaidAndItsResultsAreKept() {
    AtomicInteger looks = new AtomicInteger();
    TrialCluster.lend(
        cluster, () -> Instant.now().plus(Duration.ofHours(looks.getAndIncrement() == 0 ? 0 : 1)));
    PrintStream usual = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      RecordedInterval interval = run(RegionWriteBenchmark.class, "write", Map.of());
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(20);
      assertThat(interval.values().get(Quantity.VIOLATIONS)).isZero();
    } finally {
      System.setErr(usual);
      TrialCluster.lend(cluster, InstantSource.system());
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("wall clocks jumped during the row"))
        .as("once, though it was looked at again")
        .singleElement()
        .asString()
        .contains("this machine's client by +3", "the results stand")
        .doesNotContain("a by", "b by", "c by");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leader-lease", "follower-stale", "read-your-writes", "monotonic"})
  void everyModelKeepsItsPromise(String model) {
    RecordedInterval interval =
        run(
            RegionReadBenchmark.class,
            "read",
            Map.of(
                "client",
                "farthest",
                "model",
                model,
                "others",
                model.equals("leader-lease") ? "silent" : "writing"));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(20);
    if (model.equals("follower-stale")) {
      assertThat(interval.values()).doesNotContainKeys(Quantity.CHECKED, Quantity.VIOLATIONS);
    } else {
      // 4 and 20 writes, 20 reads, and what the third client writes meanwhile.
      if (model.equals("leader-lease")) {
        assertThat(interval.values().get(Quantity.CHECKED)).isEqualTo(44);
      } else {
        assertThat(interval.values().get(Quantity.CHECKED)).isGreaterThan(44);
      }
      assertThat(interval.values().get(Quantity.VIOLATIONS)).isZero();
      assertThat(interval.values().get(Quantity.UNDECIDED)).isZero();
    }
    double expected = model.startsWith("leader") ? 16 * MILLIS : 0;
    if (model.equals("read-your-writes")) {
      assertThat(interval.values()).doesNotContainKey(Quantity.DISTANCE);
    } else {
      assertThat(interval.values().get(Quantity.DISTANCE)).isEqualTo(expected);
    }
    assertThat((double) interval.latencyNanos().getMinValue())
        .isGreaterThanOrEqualTo(expected * 0.995);
    if (model.equals("follower-stale")) {
      // A replica 8 ms away cannot know at once what was acknowledged elsewhere.
      assertThat(interval.values().get(Quantity.STALE_READS)).isPositive();
      assertThat(interval.values().get(Quantity.STALE_TIME)).isPositive();
    }
  }

  /** While c hears nothing, a and b acknowledge a write: a read in c misses it, and is caught. */
  @Test
  void aHealthyHistoryIsOkAndOneWithAPlantedStaleReadIsNot() throws Exception {
    watch.lead("a", PATIENCE);
    try (RecordedRegisters registers =
        new RecordedRegisters(cluster, "a", List.of("a", "c"), 1, Duration.ofSeconds(10))) {
      for (int i = 0; i < 10; i++) {
        get(registers.write(0, 0));
        get(registers.read(1, 0, ConsistencyModel.LINEARIZABLE, "a"));
      }
      Promise healthy = Promise.judge(registers.record(), ConsistencyModel.LINEARIZABLE);
      HistoryDirectory.keep("healthy", registers.record().history(), healthy.text());
      assertThat(healthy.found()).as(healthy.text()).isEqualTo(Promise.Found.KEPT);
      assertThat(healthy.staleness().stale()).isZero();

      cluster.links().isolate("c", LinkFault.CUT);
      try {
        get(registers.write(0, 0));
        get(registers.read(1, 0, ConsistencyModel.FOLLOWER_STALE, "a"));
      } finally {
        cluster.links().isolate("c", LinkFault.NONE);
      }
      Promise planted = Promise.judge(registers.record(), ConsistencyModel.LINEARIZABLE);
      HistoryDirectory.keep("planted", registers.record().history(), planted.text());
      assertThat(planted.found()).as(planted.text()).isEqualTo(Promise.Found.VIOLATED);
      assertThat(planted.staleness().stale()).isEqualTo(1);
      assertThat(planted.staleness().mostVersions()).isEqualTo(1);
      System.out.println("healthy: " + healthy.text());
      System.out.println("planted: " + planted.text());
      assertThat(healthy.text()).startsWith("ok: 20 operations on 1 keys");
      assertThat(planted.text()).startsWith("violation on ").contains("3 of 22 operations");
    }
  }

  @Test
  void creationsThatDoNotWaitForEachOtherAreAllThereOnce() {
    RecordedInterval interval =
        run(
            PipelinedWriteBenchmark.class,
            "create",
            Map.of("client", "farthest", "inFlight", "256"));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(2_000);
    assertThat(interval.values().get(Quantity.LOST_WRITES)).isZero();
    assertThat(interval.values().get(Quantity.DUPLICATED_WRITES)).isZero();
    assertThat(interval.values().get(Quantity.UNKNOWN_OUTCOMES)).isZero();
    assertThat(interval.latencyNanos().getMinValue()).isGreaterThan((long) (23.9 * MILLIS));
  }

  @Test
  void aFileIsWrittenThroughItsChain() {
    RecordedInterval interval =
        run(ChunkReplicationBenchmark.class, "write", Map.of("policy", "all", "fileSize", "4KB"));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(3);
    assertThat(interval.bytes()).isEqualTo(3 * 4096);
    // From a to b to c and back.
    assertThat(interval.latencyNanos().getMinValue()).isGreaterThan((long) (20 * MILLIS));
    assertThat(interval.values().get(Quantity.REPLICATION_LAG)).isPositive();
    // Two writes by a, 8 each; to b and c, 20, and a write by c, 24.
    assertThat(interval.values().get(Quantity.DISTANCE)).isEqualTo(60 * MILLIS);
    assertThat(interval.values().get(Quantity.DISTANCE_RESIDUAL)).isPositive();
  }

  @Test
  void clientsOfAllRegionsReadAndWriteAtOnce() {
    RecordedInterval interval =
        run(
            RegionMixBenchmark.class,
            "mix",
            Map.of("reads", "50", "model", "linearizable", "duration", "1s"));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(60);
    assertThat(interval.values().get(Quantity.VIOLATIONS)).isZero();
    assertThat(interval.values().get(Quantity.CHECKED)).isGreaterThanOrEqualTo(60);
    // From b to the leader a and back, and from a to b and back; from c it is farther.
    assertThat(interval.values().get(Quantity.MIX_WRITE_NEAREST)).isGreaterThan(16 * MILLIS);
    assertThat(interval.values().get(Quantity.MIX_WRITE_FARTHEST)).isGreaterThan(24 * MILLIS);
    assertThat(interval.values().get(Quantity.MIX_READ_FARTHEST)).isGreaterThan(15.9 * MILLIS);
    assertThat(interval.values().get(Quantity.MIX_READ_LEADER))
        .isLessThan(interval.values().get(Quantity.MIX_READ_FARTHEST));
    // 11 reads and 9 writes of each region: 0, 8, 16 and 8, 16, 24.
    assertThat(interval.values().get(Quantity.DISTANCE)).isEqualTo(11.6 * MILLIS);
    assertThat(interval.values().get(Quantity.DISTANCE_RESIDUAL)).isPositive();
  }

  @Test
  void transactionsAreWholeOrNotAtAllAndSomeGiveWay() {
    RecordedInterval interval =
        run(TransactionBenchmark.class, "commit", Map.of("client", "nearest", "keys", "2"));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isPositive();
    assertThat(interval.values().get(Quantity.VIOLATIONS)).isZero();
    assertThat(interval.values().get(Quantity.CHECKED)).isPositive();
    double abortRate = interval.values().get(Quantity.ABORT_RATE);
    assertThat(interval.successes()).isEqualTo(Math.round(20 * (1 - abortRate)));
  }

  @Test
  void whatACoordinatorForgotIsEndedByAnother() {
    RecordedInterval interval =
        run(TransactionBenchmark.class, "recover", Map.of("client", "leader"));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(1);
    assertThat(interval.values().get(Quantity.VIOLATIONS)).isZero();
  }

  @Test
  void anOutageIsTakenApartAndNothingIsLost() throws Exception {
    Path timeline =
        Files.writeString(
            histories.resolve("short.yaml"),
            """
            name: short
            length: 4s
            steps:
              - {at: 300ms, do: kill, region: leader}
              - {at: 2500ms, do: restart, region: leader}
            """);
    RecordedInterval interval =
        run(FailoverBenchmark.class, "disturb", Map.of("fault", timeline.toString()));
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isPositive();
    assertThat(interval.values().get(Quantity.ELECTION_GAP)).isPositive();
    assertThat(interval.values().get(Quantity.FAULT_DETECTION))
        .isLessThanOrEqualTo(interval.values().get(Quantity.ELECTION_GAP));
    assertThat(interval.values().get(Quantity.WRITE_GAP)).isPositive();
    assertThat(interval.values().get(Quantity.CATCH_UP)).isPositive();
    assertThat(interval.values().get(Quantity.LOST_WRITES)).isZero();
    assertThat(interval.values().get(Quantity.DUPLICATED_WRITES)).isZero();
    assertThat(interval.values().get(Quantity.VIOLATIONS)).isZero();
  }

  private static TargetDriver driver(String region) throws Exception {
    return Targets.open(
        "mooseng://" + cluster.description().region(region).address(), TargetOptions.defaults());
  }

  private static RegionClient client(String region) {
    return new RegionClient(
        cluster.description(), cluster.matrix(), region, Duration.ofSeconds(10));
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whatOneRegionWritesEveryOtherReadsUnderEveryModel() throws Exception {
    String leader = watch.awaitLeader(PATIENCE);
    List<String> names = cluster.description().names();
    long value = 100;
    for (String writer : names) {
      try (RegionClient writing = client(writer)) {
        long index = get(writing.write("/" + FILE, ++value));
        assertThat(index).isPositive();
        assertThat(get(writing.read("/" + FILE, ConsistencyModel.READ_YOUR_WRITES, leader)).value())
            .hasValue(value);
      }
      for (String reader : names) {
        try (RegionClient reading = client(reader)) {
          assertThat(get(reading.read("/" + FILE, ConsistencyModel.LINEARIZABLE, leader)).value())
              .as("written in %s, read in %s", writer, reader)
              .hasValue(value);
          assertThat(get(reading.read("/" + FILE, ConsistencyModel.LEADER_LOCAL, leader)).value())
              .hasValue(value);
          assertThat(get(reading.read("/" + FILE, ConsistencyModel.MONOTONIC, leader)).value())
              .hasValue(value);
          assertThat(
                  get(reading.read("/" + FILE, ConsistencyModel.BOUNDED_STALENESS, leader)).here())
              .isTrue();
        }
      }
    }
  }

  @Test
  void theProtocolOfMooseNgIsSpokenByEveryRegion() throws Exception {
    List<String> names = cluster.description().names();
    for (String region : names) {
      try (TargetDriver driver = driver(region)) {
        FileRef made = driver.create(driver.root(), "of-" + region, new OperationTrace());
        assertThat(made).isNotNull();
      }
    }
    for (String region : names) {
      try (TargetDriver driver = driver(region)) {
        for (String other : names) {
          assertThat(driver.statPath("of-" + other, new OperationTrace()).directory()).isFalse();
        }
      }
    }
  }

  /** What a leader had not answered when it stepped down is sent to the next one, not twice. */
  @Test
  void theLeadershipGoesWhereItIsAskedToGoAndEveryWriteIsDoneOnce() throws Exception {
    List<String> names = cluster.description().names();
    AtomicBoolean moving = new AtomicBoolean(true);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<Integer>> writers = new ArrayList<>();
      for (String region : names) {
        for (int i = 0; i < WRITERS; i++) {
          String prefix = "moved-" + region + "-" + i + "-";
          writers.add(
              CompletableFuture.supplyAsync(() -> createWhile(moving, region, prefix), threads));
        }
      }
      for (String region : names) {
        watch.lead(region, PATIENCE);
        assertThat(watch.awaitLeader(PATIENCE)).isEqualTo(region);
      }
      moving.set(false);
      for (CompletableFuture<Integer> writer : writers) {
        assertThat(get(writer)).isPositive();
      }
    } finally {
      moving.set(false);
      threads.shutdownNow();
    }
  }

  private static int createWhile(AtomicBoolean moving, String region, String prefix) {
    try (TargetDriver driver = driver(region)) {
      int made = 0;
      while (moving.get() || made == 0) {
        driver.create(driver.root(), prefix + made, new OperationTrace());
        made++;
      }
      return made;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
