package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.process.ProcessIdentity;
import io.mooseng.bench.core.process.ProcessSpace;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.workload.Payload;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes on a target and what it takes away: its own directory, nothing else. */
@Timeout(60)
class RunRootTest {

  private static final String ID = "20260301T102030Z-a1b2c3";
  private static final String DEAD_ID = "20260228T000000Z-0dead0";

  /** A process of this machine that has ended. */
  private static ProcessIdentity gone;

  @TempDir Path directory;

  @BeforeAll
  static void endAProcess() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    gone = ProcessIdentity.of(process.toHandle());
    process.destroyForcibly().waitFor();
  }

  private static RunMarker marker(String runId) {
    return RunMarker.ofThisProcess(runId, false);
  }

  private static RunMarker marker(String runId, ProcessIdentity process, String space) {
    return RunMarker.of(process, space, runId, false);
  }

  private static RunMarker ofDeadRun(String runId) {
    return marker(runId, gone, ProcessSpace.current());
  }

  private TargetDriver openDirectory() throws OperationException {
    return Targets.open(directory.toUri().toString(), TargetOptions.defaults());
  }

  /** As a run makes it, with something in it. */
  private static void leave(TargetDriver driver, RunMarker marker) throws OperationException {
    RunRoot.create(driver, marker);
    FileRef root = driver.find(driver.root(), RunRoot.nameOf(marker.runId()), trace());
    FileRef trial = driver.createDirectory(root, "trial", trace());
    driver.write(trial, "file", Payload.ofBytes(new byte[100]), trace());
    driver.create(root, "file", trace());
  }

  private static OperationTrace trace() {
    return new OperationTrace();
  }

  private static List<String> names(TargetDriver driver) throws OperationException {
    return driver.list(driver.root(), 0, 100, trace()).names();
  }

  private static RunRoot.Swept sweep(TargetDriver driver) throws OperationException {
    return RunRoot.create(driver, marker(ID)).sweep();
  }

  /** Every path below the directory with its content. */
  private Map<String, String> contents() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        found.put(
            directory.relativize(path).toString(),
            Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "");
      }
    }
    return found;
  }

  private void checksMakingAndRemoving(TargetDriver driver) throws OperationException {
    leave(driver, marker(ID));
    assertThat(names(driver)).containsExactly("mooseng-bench-" + ID);
    RunRoot.create(driver, marker(ID));
    RunRoot.find(driver, marker(ID)).remove();
    assertThat(names(driver)).isEmpty();
    assertFails(FailureKind.NOT_FOUND, () -> RunRoot.find(driver, marker(ID)));
  }

  private void checksSweeping(TargetDriver driver) throws OperationException {
    leave(driver, ofDeadRun(DEAD_ID));
    RunRoot.Swept swept = sweep(driver);
    assertThat(swept.removed()).containsExactly("mooseng-bench-" + DEAD_ID);
    assertThat(swept.leftBehind()).isEmpty();
    assertThat(names(driver)).containsExactly("mooseng-bench-" + ID);
    assertThat(sweep(driver).removed()).isEmpty();
  }

  @Test
  void aFileSystemIsLeftAsItWas() throws Exception {
    try (TargetDriver driver = openDirectory()) {
      checksMakingAndRemoving(driver);
      checksSweeping(driver);
    }
  }

  @Test
  void aServerIsLeftAsItWas() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        TargetDriver driver =
            Targets.open("mooseng://" + server.address(), TargetOptions.defaults())) {
      checksMakingAndRemoving(driver);
      checksSweeping(driver);
    }
  }

  @Test
  void theControlIsLeftAsItWas() throws Exception {
    try (TargetDriver driver = new MemoryDriver()) {
      checksMakingAndRemoving(driver);
      checksSweeping(driver);
    }
  }

  /** A marker that says all the right things, in places that are not a run's. */
  @Test
  void whatOnlyLooksLikeOursSurvivesByteForByte() throws Exception {
    byte[] convincing = ofDeadRun(DEAD_ID).toJson();
    for (String name :
        List.of(
            "mooseng-bench-results",
            "mooseng-bench-" + DEAD_ID + ".old",
            "mooseng-bench-" + DEAD_ID.toUpperCase(java.util.Locale.ROOT),
            "mooseng-bench-20260228T000000Z-copied",
            "my-mooseng-bench-" + DEAD_ID)) {
      Path mine = Files.createDirectory(directory.resolve(name));
      Files.write(mine.resolve(RunRoot.MARKER), convincing);
      Files.writeString(mine.resolve("thesis"), name);
    }
    Path unmarked = Files.createDirectory(directory.resolve("mooseng-bench-20260101T000000Z-a"));
    Files.writeString(unmarked.resolve("thesis"), "unmarked");
    Files.writeString(directory.resolve("mooseng-bench-20260101T000000Z-file"), "a file");
    Files.createSymbolicLink(directory.resolve("mooseng-bench-" + DEAD_ID), unmarked);
    Map<String, String> before = contents();

    try (TargetDriver driver = openDirectory()) {
      RunRoot.Swept swept = sweep(driver);
      assertThat(swept.removed()).isEmpty();
      assertThat(swept.leftBehind()).isEmpty();
      RunRoot.find(driver, marker(ID)).remove();
    }

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aLinkToAMarkedDirectoryIsNotFollowed() throws Exception {
    Path kept = Files.createDirectory(directory.resolve("kept"));
    Files.write(kept.resolve(RunRoot.MARKER), ofDeadRun(DEAD_ID).toJson());
    Files.createSymbolicLink(directory.resolve("mooseng-bench-" + DEAD_ID), kept);
    try (TargetDriver driver = openDirectory()) {
      assertThat(sweep(driver).removed()).isEmpty();
    }
    assertThat(kept.resolve(RunRoot.MARKER)).exists();
  }

  @Test
  void aLinkInItIsRemovedAndNotFollowed() throws Exception {
    Path kept = Files.createDirectory(directory.resolve("kept"));
    Files.writeString(kept.resolve("file"), "mine");
    try (TargetDriver driver = openDirectory()) {
      leave(driver, ofDeadRun(DEAD_ID));
      Path root = directory.resolve("mooseng-bench-" + DEAD_ID);
      Files.createSymbolicLink(root.resolve("link"), kept);
      assertThat(sweep(driver).removed()).hasSize(1);
      assertThat(root).doesNotExist();
    }
    assertThat(kept.resolve("file")).hasContent("mine");
  }

  @Test
  void liveRunsAndThoseOfOtherMachinesAreLeftAlone() throws Exception {
    try (TargetDriver driver = openDirectory()) {
      leave(driver, marker("20260228T000000Z-live"));
      leave(driver, marker("20260228T000000Z-far", gone, "another boot of another kernel"));
      RunRoot.Swept swept = sweep(driver);
      assertThat(swept.removed()).isEmpty();
      assertThat(swept.leftBehind()).isEmpty();
      assertThat(names(driver)).hasSize(3);
    }
  }

  @Test
  void whatSomebodyWantedToKeepIsKept() throws Exception {
    RunMarker kept = RunMarker.of(gone, ProcessSpace.current(), DEAD_ID, true);
    try (TargetDriver driver = openDirectory()) {
      leave(driver, kept);
      assertThat(sweep(driver).removed()).isEmpty();
      assertThat(names(driver)).hasSize(2);
    }
  }

  @Test
  void anUnreadableMarkerIsLeftAloneAndMentioned() throws Exception {
    String right = new String(ofDeadRun(DEAD_ID).toJson(), StandardCharsets.UTF_8);
    for (String content :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{\"runId\":\"x\"}",
            "x".repeat(100_000),
            right.replace("{", "{\"new\":1,"),
            right.replaceFirst("(processStartTicks\" : )\\w+", "$1-1"))) {
      Path other = Files.createDirectories(directory.resolve("mooseng-bench-" + DEAD_ID));
      Files.writeString(other.resolve(RunRoot.MARKER), content);
      try (TargetDriver driver = openDirectory()) {
        RunRoot.Swept swept = sweep(driver);
        assertThat(swept.removed()).isEmpty();
        assertThat(swept.leftBehind()).singleElement().asString().contains(DEAD_ID, "marker");
      }
      assertThat(other.resolve(RunRoot.MARKER)).hasContent(content);
    }
  }

  /** To open a pipe waits for a writer, and what a link leads to may have no end. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aMarkerThatIsNoFileIsNotRead() throws Exception {
    Path real = Files.write(directory.resolve("real"), ofDeadRun(DEAD_ID).toJson());
    Path other = Files.createDirectories(directory.resolve("mooseng-bench-" + DEAD_ID));
    Path marker = other.resolve(RunRoot.MARKER);
    for (Path linked : List.of(real, Path.of("/dev/zero"))) {
      Files.createSymbolicLink(marker, linked);
      assertIsMentioned(DEAD_ID, RunRoot.MARKER);
      Files.delete(marker);
    }
    assertThat(new ProcessBuilder("mkfifo", marker.toString()).start().waitFor()).isZero();
    assertIsMentioned(DEAD_ID, RunRoot.MARKER);
    assertThat(other).isNotEmptyDirectory();
  }

  private void assertIsMentioned(String... words) throws OperationException {
    try (TargetDriver driver = openDirectory()) {
      RunRoot.Swept swept = sweep(driver);
      assertThat(swept.removed()).isEmpty();
      assertThat(swept.leftBehind()).singleElement().asString().contains(words);
    }
  }

  /** It may be of a run that has not come to its marker yet. */
  @Test
  void anEmptyDirectoryWithoutAMarkerIsLeftAloneAndMentioned() throws Exception {
    Path unmarked = Files.createDirectory(directory.resolve("mooseng-bench-" + DEAD_ID));
    assertIsMentioned(DEAD_ID, "empty and without a marker");
    assertThat(unmarked).isEmptyDirectory();
  }

  /** Markers of earlier versions have no ticks: their process is gone when its id is free. */
  @Test
  void aMarkerOfAnEarlierVersionIsUnderstood() throws Exception {
    ProcessIdentity self = ProcessIdentity.current();
    ProcessIdentity earlier = new ProcessIdentity(gone.pid(), gone.start(), OptionalLong.empty());
    ProcessIdentity taken = new ProcessIdentity(self.pid(), self.start(), OptionalLong.empty());
    try (TargetDriver driver = openDirectory()) {
      for (ProcessIdentity process : List.of(earlier, taken)) {
        String id = "20260228T000000Z-" + (process == earlier ? "gone" : "taken");
        leave(driver, marker(id, process, ProcessSpace.current()));
        Path file = directory.resolve("mooseng-bench-" + id).resolve(RunRoot.MARKER);
        assertThat(file).content().contains("processStartMillis").doesNotContain("Ticks");
      }
      RunRoot.Swept swept = sweep(driver);
      assertThat(swept.removed()).containsExactly("mooseng-bench-20260228T000000Z-gone");
      assertThat(swept.leftBehind()).isEmpty();
    }
  }

  /** A view of a driver, to which every file belongs to another user than every other one. */
  private static TargetDriver ownedByOthers(TargetDriver driver) {
    return (TargetDriver)
        Proxy.newProxyInstance(
            TargetDriver.class.getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isNotIn("read", "readRange", "readAsync");
              if (method.getName().equals("sameOwner")) {
                return false;
              }
              try {
                return method.invoke(driver, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void nothingOfAnotherUserIsRead() throws Exception {
    try (TargetDriver memory = new MemoryDriver()) {
      leave(memory, ofDeadRun(DEAD_ID));
      memory.createDirectory(memory.root(), "mooseng-bench-20260228T000000Z-empty", trace());
      TargetDriver ofOthers = ownedByOthers(memory);
      RunRoot.Swept swept = sweep(ofOthers);
      assertThat(swept.removed()).isEmpty();
      assertThat(swept.leftBehind()).isEmpty();
    }
  }

  @Test
  void aDirectoryOfAnotherUserIsLeftAlone() throws Exception {
    try (TargetDriver driver = openDirectory()) {
      leave(driver, ofDeadRun(DEAD_ID));
      Path other = directory.resolve("mooseng-bench-" + DEAD_ID);
      org.junit.jupiter.api.Assumptions.assumeTrue(
          "root".equals(System.getProperty("user.name")), "only root can give a file away");
      Files.setAttribute(other.resolve(RunRoot.MARKER), "unix:uid", 65_534);
      assertThat(sweep(driver).removed()).isEmpty();
      assertThat(other).exists();
    }
  }

  @Test
  void aNameThatIsTakenIsNotUsed() throws Exception {
    Path taken = Files.createDirectory(directory.resolve("mooseng-bench-" + ID));
    try (TargetDriver driver = openDirectory()) {
      assertFails(FailureKind.ALREADY_EXISTS, () -> RunRoot.create(driver, marker(ID)));
      Files.write(taken.resolve(RunRoot.MARKER), ofDeadRun(DEAD_ID).toJson());
      assertFails(FailureKind.ALREADY_EXISTS, () -> RunRoot.find(driver, marker(ID)));
    }
    assertThat(taken).exists();
  }

  private static void assertFails(
      FailureKind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
