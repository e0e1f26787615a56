package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.TargetDriver.Connection;
import io.mooseng.bench.core.workload.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the embedded server, over real sockets. */
@Timeout(60)
class GrpcDriverWithServerTest {

  @TempDir Path directory;

  private final OperationTrace trace = new OperationTrace();
  private MooseNgServer server;
  private GrpcDriver driver;

  @BeforeEach
  void start() throws Exception {
    server = MooseNgServer.start(ServerSettings.inDirectory(directory));
    driver = GrpcDriver.open(server.address(), GrpcOptions.defaults());
  }

  @AfterEach
  void stop() throws IOException {
    driver.close();
    server.close();
  }

  private static OperationException failureOf(FailureKind kind, ThrowingCallable operation) {
    OperationException failure = catchThrowableOfType(OperationException.class, operation);
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    return failure;
  }

  private static Payload payload(long bytes) {
    return Payload.of(3, bytes, new ByteSize(bytes));
  }

  private int crcOf(GrpcDriver from, FileRef file) throws OperationException {
    CRC32C crc = new CRC32C();
    from.read(file, crc::update, trace);
    return (int) crc.getValue();
  }

  @Test
  void knowsWhoAnswers() {
    assertThat(driver.identity().implementation()).startsWith("MooseNG Bench embedded server");
    assertThat(driver.identity().address()).isEqualTo(server.address());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1024, 1 << 20, (1 << 20) + 1, (64 << 20) + 1})
  void whatWasWrittenIsRead(long bytes) throws OperationException {
    Payload payload = payload(bytes);
    FileRef file = driver.write(driver.root(), "file", payload, trace);
    assertThat(driver.stat(file, trace)).isEqualTo(new FileInfo(bytes, false));
    assertThat(crcOf(driver, file)).isEqualTo(payload.crc32c());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, (1 << 20) + 1, (64 << 20) + 1})
  void theMemoryStoreKeepsWhatWasWritten(long bytes) throws Exception {
    try (MooseNgServer memory = MooseNgServer.start(ServerSettings.inMemory());
        GrpcDriver other = GrpcDriver.open(memory.address(), GrpcOptions.defaults())) {
      for (int round = 0; round < 3; round++) {
        FileRef file = other.write(other.root(), "file", payload(bytes + round), trace);
        assertThat(crcOf(other, file)).isEqualTo(payload(bytes + round).crc32c());
        other.delete(file, trace);
      }
    }
  }

  @Test
  void everyOperationTakesTheRoundTripsOfTheProtocol() throws OperationException {
    FileRef file = driver.write(driver.root(), "file", payload(1000), trace);
    assertRoundTrips(3);
    crcOf(driver, file);
    assertRoundTrips(2);
    driver.stat(file, trace);
    assertRoundTrips(1);
    driver.readRange(file, 10, 20, frame -> {}, trace);
    assertRoundTrips(2);
    driver.overwrite(file, 10, payload(20), trace);
    assertRoundTrips(2);
    driver.append(file, payload(20), trace);
    assertRoundTrips(3);
    driver.statPath("file", trace);
    assertRoundTrips(2);
    failureOf(FailureKind.NOT_FOUND, () -> driver.statPath("missing", trace));
    assertRoundTrips(1);
    driver.setAttributes("file", Map.of("a", new byte[1]), trace);
    assertRoundTrips(1);
    driver.attributes("file", trace);
    assertRoundTrips(1);
    driver.rename(file, driver.root(), "other", trace);
    assertRoundTrips(1);
    driver.delete(file, trace);
    assertRoundTrips(1);
  }

  private void assertRoundTrips(int expected) {
    assertThat(trace.roundTrips()).isEqualTo(expected);
    trace.reset();
  }

  @Test
  void directoriesAreListedPageByPage() throws OperationException {
    FileRef parent = driver.createDirectory(driver.root(), "d", trace);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      driver.create(parent, "f" + i, trace);
      expected.add("f" + i);
    }
    List<String> listed = new ArrayList<>();
    ListPage page = driver.list(parent, 0, 10, trace);
    listed.addAll(page.names());
    while (page.hasMore()) {
      page = driver.list(parent, page.nextOffset(), 10, trace);
      assertThat(page.names()).hasSizeLessThanOrEqualTo(10);
      listed.addAll(page.names());
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    driver.deleteTree(parent, trace);
    failureOf(FailureKind.NOT_FOUND, () -> driver.stat(parent, trace));
  }

  @Test
  void namesThatAreTakenAndFilesThatAreGone() throws OperationException {
    FileRef file = driver.create(driver.root(), "a", trace);
    failureOf(FailureKind.ALREADY_EXISTS, () -> driver.create(driver.root(), "a", trace));
    failureOf(FailureKind.ALREADY_EXISTS, () -> driver.createDirectory(driver.root(), "a", trace));
    driver.delete(file, trace);
    failureOf(FailureKind.NOT_FOUND, () -> driver.delete(file, trace));
    failureOf(FailureKind.NOT_FOUND, () -> crcOf(driver, file));
  }

  @Test
  void aRaceForANameHasOneWinner() throws Exception {
    int racers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      List<Callable<Boolean>> renames = new ArrayList<>();
      for (int i = 0; i < racers; i++) {
        FileRef file = driver.create(driver.root(), "racer" + i, trace);
        renames.add(() -> wins(file));
      }
      int winners = 0;
      for (Future<Boolean> won : threads.invokeAll(renames)) {
        winners += won.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean wins(FileRef file) throws OperationException {
    try {
      driver.rename(file, driver.root(), "goal", new OperationTrace());
      return true;
    } catch (OperationException e) {
      if (e.kind() == FailureKind.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  @Test
  void aDamagedFileIsCorrupt() throws Exception {
    FileRef file = driver.write(driver.root(), "file", payload(3 << 20), trace);
    damage(2_000_000);
    assertThat(failureOf(FailureKind.CORRUPT, () -> crcOf(driver, file)))
        .hasMessageStartingWith("ReadChunk at " + server.address());
    driver.readRange(file, 0, 1_000_000, frame -> {}, trace);
  }

  private void damage(long position) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Path chunk = files.filter(path -> sizeOf(path) >= 3 << 20).findFirst().orElseThrow();
      try (FileChannel channel = FileChannel.open(chunk, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), position);
      }
    }
  }

  private static long sizeOf(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** A write of a part reads and verifies the rest of the block. */
  @Test
  void anOverwriteWithinADamagedBlockIsCorrupt() throws Exception {
    FileRef file = driver.write(driver.root(), "file", payload(3 << 20), trace);
    damage(2_000_000);
    assertThat(
            failureOf(
                FailureKind.CORRUPT, () -> driver.overwrite(file, 2_000_100, payload(5), trace)))
        .hasMessageContaining("is damaged in bytes 1966080 to 2031616");
    driver.overwrite(file, 1_966_080, payload(65_536), trace);
    driver.readRange(file, 1_966_080, 65_536, frame -> {}, trace);
  }

  /**
   * A frame costs one small array on its way to the socket; a copy of the data would cost it all.
   */
  @Test
  void dataIsNotCopiedOnTheHeap() throws Exception {
    Process process = ServerProcess.start();
    try (BufferedReader output = process.inputReader();
        GrpcDriver other = GrpcDriver.open(output.readLine(), GrpcOptions.defaults())) {
      long size = 48 << 20;
      Payload payload = payload(size);
      FileRef file = other.write(other.root(), "file", payload, trace);
      other.readRange(file, 1, size - 1, frame -> {}, trace);
      long before = allocatedBytes();
      other.overwrite(file, 0, payload, trace);
      other.append(file, payload, trace);
      other.readRange(file, 1, 2 * size - 2, frame -> {}, trace);
      long moved = 4 * size;
      assertThat(allocatedBytes() - before).isLessThan(moved / 8);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Of the threads that live; of the heap. */
  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  @Test
  void connectionsAreMadeToEitherDepth() throws OperationException {
    for (ConnectionDepth depth : ConnectionDepth.values()) {
      trace.reset();
      try (Connection connection = driver.connect(depth, trace)) {
        assertThat(connection).isNotNull();
        int calls = depth == ConnectionDepth.TCP ? 0 : 1;
        assertThat(trace.roundTrips()).isEqualTo(calls);
      }
    }
  }

  @Test
  void aServerKilledDuringAReadIsUnavailable() throws Exception {
    Process process = ServerProcess.start();
    try (BufferedReader output = process.inputReader();
        GrpcDriver other = GrpcDriver.open(output.readLine(), GrpcOptions.defaults())) {
      FileRef file = other.write(other.root(), "file", payload(64 << 20), trace);
      // More is still to come than all buffers on the way can hold.
      FrameSink killer = frame -> process.destroyForcibly();
      failureOf(FailureKind.UNAVAILABLE, () -> other.read(file, killer, trace));
      assertThat(process.waitFor()).isNotZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The sessions of a server end with it; files do not. */
  @Test
  void aServerThatComesBackIsUsedAgainWithASessionOfItsOwn() throws Exception {
    FileRef file = driver.write(driver.root(), "a", payload(1000), trace);
    int port = server.port();
    server.close();
    failureOf(FailureKind.UNAVAILABLE, () -> driver.stat(file, trace));
    server =
        MooseNgServer.start(ServerSettings.inDirectory(directory).withAddress("127.0.0.1", port));
    while (true) {
      try {
        assertThat(crcOf(driver, file)).isEqualTo(payload(1000).crc32c());
        return;
      } catch (OperationException e) {
        Thread.onSpinWait(); // the time limit of the test bounds it
      }
    }
  }

  @Test
  void operationsAfterTheServerHasGoneAreUnavailable() throws Exception {
    FileRef file = driver.create(driver.root(), "a", trace);
    server.close();
    assertThat(failureOf(FailureKind.UNAVAILABLE, () -> driver.stat(file, trace)))
        .hasMessageStartingWith("GetFileInfo at " + server.address() + ": UNAVAILABLE");
  }
}
