package io.mooseng.bench.core.target.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConcurrentTargetContract;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.workload.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default file system; its names need a UTF-8 locale, as every build environment has. */
@Timeout(60)
class NioDriverTest implements ConcurrentTargetContract {

  @TempDir Path directory;

  private final OperationTrace trace = new OperationTrace();

  @Override
  public TargetDriver openDriver() throws Exception {
    return NioDriver.open(directory.toUri(), NioOptions.DEFAULTS);
  }

  /** Asked of the JDK, not of the driver: tmpfs has none before Linux 6.6. */
  @Override
  public boolean hasAttributes() throws IOException {
    Path probe = Files.createFile(directory.resolve("probe"));
    try {
      Files.setAttribute(probe, "user:probe", ByteBuffer.allocate(1));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    } finally {
      Files.delete(probe);
    }
  }

  @Test
  void createsAndDeletesNothingByItself() throws Exception {
    Files.writeString(directory.resolve("mine"), "kept");
    NioDriver.open(directory.toUri(), new NioOptions(true, 1)).close();
    try (TargetDriver driver = openDriver()) {
      driver.createDirectory(driver.root(), "inner", trace);
    }
    try (var entries = Files.list(directory)) {
      assertThat(entries)
          .containsExactlyInAnyOrder(directory.resolve("mine"), directory.resolve("inner"));
    }
  }

  @Test
  void findsALinkAsItself() throws Exception {
    Path kept = Files.writeString(Files.createDirectory(directory.resolve("a")).resolve("b"), "");
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
    try (TargetDriver driver = openDriver()) {
      FileRef link = driver.find(driver.root(), "link", trace);
      assertThat(driver.stat(link, trace).directory()).isFalse();
      driver.deleteTree(link, trace);
      assertThat(directory.resolve("link")).doesNotExist();
      assertThat(kept).exists();
    }
  }

  @Test
  void aTargetMayBeNamedByALink() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    try (TargetDriver driver = open(link.toString())) {
      driver.create(driver.root(), "file", trace);
      assertThat(driver.stat(driver.root(), trace).directory()).isTrue();
    }
    assertThat(real.resolve("file")).exists();
  }

  @Test
  void ownFilesHaveOneOwner() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.create(driver.root(), "file", trace);
      assertThat(driver.sameOwner(driver.root(), file)).isTrue();
      Path path = directory.resolve("file");
      org.junit.jupiter.api.Assumptions.assumeTrue(
          "root".equals(System.getProperty("user.name")), "only root can give a file away");
      Files.setAttribute(path, "unix:uid", 65_534);
      assertThat(driver.sameOwner(driver.root(), file)).isFalse();
    }
  }

  @Test
  void writesWithFsync() throws Exception {
    Payload payload = Payload.of(1, 1, new ByteSize(100_000));
    try (TargetDriver driver = NioDriver.open(directory.toUri(), new NioOptions(true, 1))) {
      FileRef file = driver.write(driver.root(), "file", payload, trace);
      assertThat(driver.stat(file, trace).size()).isEqualTo(100_000);
      assertThat(driver.list(driver.root(), 0, 10, trace).names()).containsExactly("file");
    }
  }

  @Test
  void changesWithFsync() throws Exception {
    try (TargetDriver driver = NioDriver.open(directory.toUri(), new NioOptions(true, 1))) {
      Payload payload = Payload.of(1, 1, new ByteSize(100_000));
      FileRef file = driver.write(driver.root(), "file", payload, trace);
      driver.append(file, payload, trace);
      driver.overwrite(file, 50_000, payload, trace);
      assertThat(driver.stat(file, trace).size()).isEqualTo(200_000);
    }
  }

  /** The JDK's file system of a zip file replaces a file that is opened for writing. */
  @Test
  void noticesThatAFileSystemCannotReplaceBytes() throws Exception {
    Path zip = directory.resolve("archive.zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path root = archive.getPath("/");
      assertThat(NioContents.overwrites(root)).isFalse();
      try (Stream<Path> left = Files.list(root)) {
        assertThat(left).isEmpty();
      }
    }
  }

  /** As a full or broken disk would: nothing can be made there, so nothing is left there. */
  @Test
  void tellsAFileSystemThatFailsFromOneThatCannotReplaceBytes() throws Exception {
    try (FileSystem archive =
        FileSystems.newFileSystem(directory.resolve("archive.zip"), Map.of("create", "true"))) {
      assertThatThrownBy(() -> NioContents.overwrites(archive.getPath("/missing")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void makesNoFileInADirectoryOfTheDefaultFileSystem() throws Exception {
    try (WatchService changes = directory.getFileSystem().newWatchService()) {
      directory.register(changes, StandardWatchEventKinds.ENTRY_CREATE);

      openDriver().close();
      Files.createFile(directory.resolve("ours"));

      assertThat(changes.take().pollEvents())
          .extracting(event -> event.context().toString())
          .containsExactly("ours");
    }
  }

  @Test
  void knowsAFullDiskInTheLanguageOfThisProcess() {
    assertThat(NioFailures.textOfFullDisk(Path.of("/dev/full"))).isPresent();
    assertThat(NioFailures.textOfFullDisk(Path.of("/dev/null"))).isEmpty();
    assertThat(NioFailures.textOfFullDisk(directory.resolve("missing"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nul\0byte", "..", "a/../b", "/etc"})
  void pathsDoNotLeaveItsDirectory(String path) throws Exception {
    try (TargetDriver driver = openDriver()) {
      assertFails(FailureKind.INVALID, "", () -> driver.statPath(path, trace));
    }
  }

  @Test
  void tellsFirstByteFromTransfer() throws Exception {
    try (TargetDriver driver = openDriver()) {
      Payload payload = Payload.of(1, 1, new ByteSize(3 << 20));
      FileRef file = driver.write(driver.root(), "file", payload, trace);
      trace.reset();
      driver.read(file, frame -> {}, trace);
      assertThat(trace.nanos(Stage.FIRST_BYTE)).isPositive();
      assertThat(trace.nanos(Stage.TRANSFER)).isPositive();
      assertThat(trace.roundTrips()).isZero();
    }
  }

  @Test
  void readsThatAreQueuedWhenItClosesFail() throws Exception {
    TargetDriver driver = NioDriver.open(directory.toUri(), new NioOptions(false, 1));
    FileRef file = driver.write(driver.root(), "file", Payload.of(1, 1, new ByteSize(10)), trace);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    driver.readAsync(
        file,
        frame -> {
          reading.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        new OperationTrace());
    reading.await();
    CompletableFuture<Void> queued = driver.readAsync(file, frame -> {}, new OperationTrace());
    assertThat(queued).isNotDone();
    driver.close();
    assertThat(queued).isCompletedExceptionally();
    assertThat(driver.readAsync(file, frame -> {}, trace)).isCompletedExceptionally();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../escaped", "/tmp", "nul\0byte"})
  void refusesNamesThatLeaveItsDirectory(String name) throws Exception {
    try (TargetDriver driver = openDriver()) {
      assertFails(FailureKind.INVALID, "name", () -> driver.create(driver.root(), name, trace));
    }
  }

  @Test
  void refusesNameThatIsTooLong() throws Exception {
    try (TargetDriver driver = openDriver()) {
      assertFails(
          FailureKind.INVALID,
          "File name too long",
          () -> driver.create(driver.root(), "x".repeat(300), trace));
    }
  }

  @Test
  void fullDeviceIsExhausted() throws Exception {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
    assertFails(
        FailureKind.RESOURCE_EXHAUSTED,
        "No space left on device",
        () ->
            NioFailures.translated(
                () -> {
                  Files.write(full, new byte[1]);
                  return null;
                }));
  }

  @Test
  void hasNoConnections() throws Exception {
    try (TargetDriver driver = openDriver()) {
      assertFails(
          FailureKind.UNIMPLEMENTED,
          "no connections",
          () -> driver.connect(ConnectionDepth.TCP, trace));
    }
  }

  @Test
  void saysWhatIsWrongWithTarget() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertFails(FailureKind.NOT_FOUND, "missing", () -> open(directory + "/missing"));
    assertFails(FailureKind.INVALID, "not a directory", () -> open(file.toString()));
    assertFails(
        FailureKind.INVALID,
        "installed: file",
        () -> NioDriver.open(URI.create("nothing://a/b"), NioOptions.DEFAULTS));
    assertFails(
        FailureKind.INVALID,
        "file://host/a",
        () -> NioDriver.open(URI.create("file://host/a"), NioOptions.DEFAULTS));
  }

  private static TargetDriver open(String path) throws OperationException {
    return NioDriver.open(Path.of(path).toUri(), NioOptions.DEFAULTS);
  }

  @Test
  void isFoundByUri() throws Exception {
    try (TargetDriver driver =
        Targets.open(directory.toUri().toString(), TargetOptions.defaults())) {
      assertThat(driver).isInstanceOf(NioDriver.class);
    }
  }

  @Test
  void refusesSizesOfNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NioOptions(false, 0))
        .withMessage("maxInFlight is 0; accepted: 1 to 4096");
  }

  private static void assertFails(FailureKind kind, String text, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(OperationException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(text)
        .message()
        .doesNotContain("\n");
  }
}
