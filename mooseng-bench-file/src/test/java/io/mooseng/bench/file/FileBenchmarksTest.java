package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Series;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every benchmark method, through the real server: it records what it should and nothing else. */
@Timeout(120)
class FileBenchmarksTest {

  @TempDir private Path store;
  private MooseNgServer server;

  @BeforeEach
  void start() throws IOException {
    server = MooseNgServer.start(ServerSettings.inDirectory(store));
  }

  @AfterEach
  void leavesNothingBehind() throws Exception {
    try (TargetDriver driver = Targets.open(uri(), TargetOptions.defaults())) {
      assertThat(driver.list(driver.root(), 0, 10, new OperationTrace()).names())
          .as("left behind on the server")
          .isEmpty();
    } finally {
      server.close();
    }
  }

  private String uri() {
    return "mooseng://127.0.0.1:" + server.port();
  }

  private RecordedInterval run(
      Class<?> benchmark, String method, Map<String, String> parameters, int calls) {
    try (BenchmarkTrial trial = BenchmarkTrial.against(uri(), benchmark, method, parameters)) {
      return trial.iterate(calls);
    }
  }

  private static void assertRecorded(
      RecordedInterval interval, int operations, long bytes, long roundTrips) {
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.failureCount()).isZero();
    assertThat(interval.successes()).isEqualTo(operations);
    assertThat(interval.bytes()).isEqualTo(operations * bytes);
    assertThat(interval.roundTrips()).isEqualTo(operations * roundTrips);
    assertThat(interval.latencyNanos().getMinValue()).isPositive();
  }

  private static long bytes(String size) {
    return ByteSize.parse(size).bytes();
  }

  /** CreateFile, AllocateChunk and WriteChunk; 100MB are two chunks. */
  @ParameterizedTest
  @CsvSource({"1KB, 3", "4KB, 3", "64KB, 3", "1MB, 3", "10MB, 3", "100MB, 5"})
  void writes(String size, int roundTrips) {
    RecordedInterval interval = run(FileWriteBenchmark.class, "write", Map.of("size", size), 2);
    assertRecorded(interval, 2, bytes(size), roundTrips);
    assertThat(interval.seriesNanos()).containsKeys("stage.master-rpc", "stage.transfer");
  }

  /** Chunk locations and ReadChunk; 100MB are two chunks. */
  @ParameterizedTest
  @CsvSource({"1KB, 2", "4KB, 2", "64KB, 2", "1MB, 2", "10MB, 2", "100MB, 3"})
  void reads(String size, int roundTrips) {
    RecordedInterval interval = run(FileReadBenchmark.class, "read", Map.of("size", size), 2);
    assertRecorded(interval, 2, bytes(size), roundTrips);
    assertThat(interval.seriesNanos()).containsKeys("stage.first-byte", "stage.verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "stat", "list", "rename", "renameAcross", "delete"})
  void doesOneThingToNames(String method) {
    assertRecorded(run(MetadataBenchmark.class, method, Map.of(), 5), 5, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({"10, 1000, 1", "100, 1000, 1", "1000, 1000, 1", "10000, 1000, 10", "25, 10, 3"})
  void listsWholeDirectories(String entries, String pageEntries, int pages) {
    RecordedInterval interval =
        run(
            DirectoryListingBenchmark.class,
            "listAll",
            Map.of("entries", entries, "pageEntries", pageEntries),
            3);
    assertRecorded(interval, 3, 0, pages);
  }

  /** 100 files fill the top and its four directories; each of these has four more, all empty. */
  @Test
  void walksTheTreeWithOneCallForEachDirectory() {
    RecordedInterval interval = run(TreeWalkBenchmark.class, "walk", Map.of("files", "100"), 3);
    assertRecorded(interval, 3, 0, 1 + 4 + 16);
  }

  /** A write, a read and a rename. */
  @ParameterizedTest
  @CsvSource({"4KB", "1MB"})
  void publishes(String size) {
    RecordedInterval interval =
        run(AtomicPublishBenchmark.class, "publish", Map.of("size", size), 3);
    assertRecorded(interval, 3, bytes(size), 3 + 2 + 1);
    assertThat(interval.seriesNanos()).containsKey("stage.verify");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 32})
  void racesHaveOneWinner(int contenders) {
    RecordedInterval interval =
        run(
            RenameRaceBenchmark.class,
            "race",
            Map.of("contenders", Integer.toString(contenders)),
            10);
    assertRecorded(interval, 10, 0, contenders);
    assertThat(interval.values())
        .containsEntry(Quantity.ABORTED, 10.0 * (contenders - 1))
        .containsEntry(Quantity.ABORT_RATE, (contenders - 1.0) / contenders);
  }

  /** GetFileInfo and ReadChunk; AllocateChunk and WriteChunk. */
  @ParameterizedTest
  @CsvSource({
    "readSequentially, 4KB",
    "readAtRandom, 64KB",
    "overwriteSequentially, 4KB",
    "overwriteAtRandom, 64KB",
    "overwriteAtRandom, 1MB"
  })
  void worksOnBlocks(String method, String blockSize) {
    RecordedInterval interval =
        run(BlockBenchmark.class, method, Map.of("fileSize", "2MB", "blockSize", blockSize), 20);
    assertRecorded(interval, 20, bytes(blockSize), 2);
  }

  /** Blocks on both sides of the end of a chunk of 64 MiB. */
  @Test
  void blocksMayLieInTwoChunks() {
    RecordedInterval interval =
        run(
            BlockBenchmark.class,
            "overwriteSequentially",
            Map.of("fileSize", "66MB", "blockSize", "22MB"),
            3);
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(3);
    assertThat(interval.bytes()).isEqualTo(3 * bytes("22MB"));
    assertThat(interval.roundTrips()).as("two calls for each chunk").isEqualTo(2 + 2 + 4);
  }

  /** Where a block lies in two chunks, each of them is asked. */
  @ParameterizedTest
  @CsvSource({"read, inside, 2", "read, across, 3", "overwrite, inside, 2", "overwrite, across, 4"})
  void crossesTheEndOfAChunk(String method, String position, int roundTrips) {
    RecordedInterval interval =
        run(
            ChunkBoundaryBenchmark.class,
            method,
            Map.of("position", position, "blockSize", "4KB"),
            5);
    assertRecorded(interval, 5, 4096, roundTrips);
  }

  /** The size of the file must be known first. */
  @Test
  void appends() {
    RecordedInterval interval =
        run(AppendBenchmark.class, "append", Map.of("blockSize", "4KB"), 20);
    assertRecorded(interval, 20, 4096, 3);
  }

  @ParameterizedTest
  @CsvSource({"statPath, 1, 2", "statPath, 10, 2", "statMissing, 3, 1"})
  void findsPaths(String method, String depth, int roundTrips) {
    assertRecorded(run(PathBenchmark.class, method, Map.of("depth", depth), 5), 5, 0, roundTrips);
  }

  @ParameterizedTest
  @CsvSource({"set, 1", "set, 10", "get, 10"})
  void setsAndReadsAttributes(String method, String attributes) {
    assertRecorded(
        run(AttributesBenchmark.class, method, Map.of("attributes", attributes), 5), 5, 0, 1);
  }

  /** A write, two reads, an overwrite and a delete. */
  @Test
  void filesHaveALife() {
    RecordedInterval interval = run(LifeCycleBenchmark.class, "cycle", Map.of("size", "4KB"), 5);
    assertRecorded(interval, 5, 4 * 4096, 3 + 2 + 2 + 2 + 1);
  }

  /** A write of 4 KB is 3 calls, that of the record as well, and the rename is one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void aCommitterAloneNeverGivesWay(int files) {
    RecordedInterval interval =
        run(MultiFileCommitBenchmark.class, "commit", Map.of("files", Integer.toString(files)), 5);
    assertRecorded(interval, 5, files * 4096L + 1024, 3L * files + 3 + 1);
    assertThat(interval.values()).containsEntry(Quantity.ABORT_RATE, 0.0);
  }

  /** Of those that begin at once one is first; a number of its own for each is checked as well. */
  @Test
  void committersInEachOthersWayGiveWay() {
    int rounds = 20;
    RecordedInterval interval = run(ContendedCommits.class, "commit", Map.of("files", "1"), rounds);
    double tried = rounds * ContendedCommits.COMMITTERS;
    double aborted = interval.values().get(Quantity.ABORTED);
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).as("somebody is first").isGreaterThanOrEqualTo(rounds);
    assertThat(aborted).isPositive();
    assertThat(interval.successes() + aborted).isEqualTo(tried);
    assertThat(interval.values()).containsEntry(Quantity.ABORT_RATE, aborted / tried);
    assertThat(interval.bytes()).isEqualTo(interval.successes() * (4096 + 1024));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 25, 50, 100, 250, 500})
  void readsManyAtOnce(int inFlight) {
    int calls = 600;
    RecordedInterval interval =
        run(
            ConcurrencyBenchmark.class,
            "read",
            Map.of("inFlight", Integer.toString(inFlight)),
            calls);
    assertRecorded(interval, calls, bytes(ConcurrencyBenchmark.FILE_SIZE), 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 25, 500})
  void statsManyAtOnce(int inFlight) {
    Map<String, String> parameters =
        Map.of("inFlight", Integer.toString(inFlight), "channels", "3", "streamsPerChannel", "8");
    RecordedInterval interval = run(ConcurrencyBenchmark.class, "stat", parameters, 600);
    assertRecorded(interval, 600, 0, 1);
    assertThat(interval.stage(Stage.QUEUE).isPresent()).isEqualTo(inFlight > 3 * 8);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "10, 3", "50, 1", "500, 1"})
  void manyClientsRead(int clients, int inFlight) {
    RecordedInterval interval =
        run(
            ClientsBenchmark.class,
            "read",
            Map.of("clients", "" + clients, "inFlight", "" + inFlight, "files", "20"),
            4 * clients * inFlight);
    assertRecorded(interval, 4 * clients * inFlight, 4096, 2);
    assertShares(interval, clients, inFlight);
  }

  private static void assertShares(RecordedInterval interval, int clients, int inFlight) {
    assertThat(interval.values().get(Quantity.FAIRNESS)).isBetween(1.0 / clients, 1.0);
    assertThat(interval.values().get(Quantity.SLOWEST_CLIENT)).isBetween(0.0, 1.0);
    assertThat(interval.values().get(Quantity.FASTEST_CLIENT)).isGreaterThanOrEqualTo(1);
    assertThat(interval.values().get(Quantity.CONCURRENCY))
        .isBetween(0.0, (double) clients * inFlight);
  }

  @Test
  void manyClientsStat() {
    RecordedInterval interval =
        run(ClientsBenchmark.class, "stat", Map.of("clients", "25", "channels", "2"), 200);
    assertRecorded(interval, 200, 0, 1);
  }

  /** CreateFile, AllocateChunk and WriteChunk. */
  @ParameterizedTest
  @CsvSource({"1, 1, 4KB", "10, 3, 4KB", "5, 1, 1MB", "500, 1, 4KB"})
  void manyClientsWrite(int clients, int inFlight, String size) {
    int calls = 4 * clients * inFlight;
    RecordedInterval interval =
        run(
            ClientsBenchmark.class,
            "write",
            Map.of("clients", "" + clients, "inFlight", "" + inFlight, "size", size),
            calls);
    assertRecorded(interval, calls, bytes(size), 3);
    assertThat(interval.seriesNanos()).containsKeys("stage.master-rpc", "stage.transfer");
    assertShares(interval, clients, inFlight);
  }

  /** One call is a whole schedule; as many operations as places, so that all of them start. */
  @ParameterizedTest
  @CsvSource({"read, 4096, 2", "stat, 0, 1", "write, 4096, 3"})
  void offersOperationsByASchedule(String method, long bytes, long roundTrips) {
    Map<String, String> parameters = Map.of("rate", "20/s", "duration", "1s", "inFlight", "20");
    RecordedInterval interval = run(OpenLoopBenchmark.class, method, parameters, 1);
    assertRecorded(interval, 20, bytes, roundTrips);
    assertThat(interval.seriesNanos().get(Series.RESPONSE).getTotalCount()).isEqualTo(20);
    assertThat(interval.seriesNanos().get(Series.LAG).getTotalCount()).isEqualTo(20);
    assertThat(interval.values())
        .containsEntry(Quantity.ASKED_RATE, 20.0)
        .containsEntry(Quantity.DROPPED, 0.0)
        .containsKeys(Quantity.ACHIEVED_RATE, Quantity.CONCURRENCY)
        .doesNotContainKey(Quantity.MAX_RATE);
  }

  /** What the search tried before is not part of what it reports. */
  @Test
  void searchesTheHighestRate() {
    Map<String, String> parameters = Map.of("rate", "max(p50<1h)", "duration", "300ms");
    RecordedInterval interval = run(OpenLoopBenchmark.class, "stat", parameters, 1);
    double asked = interval.values().get(Quantity.ASKED_RATE);
    assertThat(interval.successes() + interval.values().get(Quantity.DROPPED))
        .as("operations of 300 ms at that rate")
        .isBetween(asked * 0.3 - 1, asked * 0.3 + 1);
    assertThat(interval.failureMessages()).isEmpty();
    if (interval.values().containsKey(Quantity.MAX_RATE)) {
      assertThat(interval.values().get(Quantity.MAX_RATE))
          .as("a schedule has one operation more than whole ones at its rate")
          .isBetween(asked - 1 / 0.3 - 1e-9, asked + 1e-9);
    }
  }

  @Test
  void iterationsOfATrialAreRecordedApart() {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(uri(), FileWriteBenchmark.class, "write", Map.of("size", "1KB"))) {
      assertRecorded(trial.iterate(3), 3, 1024, 3);
      assertRecorded(trial.iterate(4), 4, 1024, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "record", "clock", "recordStages"})
  void theHarnessRecordsNothingOfItself(String method) {
    assertThat(run(HarnessOverheadBenchmark.class, method, Map.of(), 10).successes()).isZero();
  }
}
