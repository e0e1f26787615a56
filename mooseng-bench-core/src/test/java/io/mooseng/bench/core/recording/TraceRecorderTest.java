package io.mooseng.bench.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.trace.TraceReader;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of which calls. */
class TraceRecorderTest {

  private static final Payload CONTENT = Payload.of(1, 0, new ByteSize(10));
  private static final Payload OTHER = Payload.of(1, 1, new ByteSize(10));

  @TempDir private Path directory;

  /** Moves by 1 with every look. */
  private long now;

  private boolean wanted = true;
  private TraceRecorder recorder;
  private TargetDriver driver;
  private Target target;
  private FileRef place;

  @BeforeEach
  void begin() throws OperationException {
    MemoryDriver memory = new MemoryDriver();
    memory.createDirectory(memory.root(), "run", new OperationTrace());
    Ticker ticker = () -> now++;
    recorder =
        TraceRecorder.begin(
            file(),
            "a test",
            7,
            Optional.of("run"),
            ticker,
            () -> wanted,
            UncheckedIOException::new);
    driver = recorder.around(memory);
    target = new Target(driver, new OperationRecorder(), ticker, recorder);
    FileRef run = driver.find(driver.root(), "run", unmeasured());
    place =
        driver.createDirectory(run, "writes-6f1c2c0e-9d0a-4c7b-8f0e-0123456789ab", unmeasured());
  }

  private Path file() {
    return directory.resolve("trace.jsonl");
  }

  private static OperationTrace unmeasured() {
    return new OperationTrace();
  }

  private List<TracedOperation> operations() throws IOException {
    recorder.close();
    List<TracedOperation> operations = new ArrayList<>();
    try (TraceReader reader = TraceReader.open("trace", file())) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        operations.add(next.get());
      }
    }
    return operations;
  }

  private static String text(TracedOperation operation) {
    return "%s %s%s %d+%d/%d%s"
        .formatted(
            operation.operation().label(),
            operation.path(),
            operation.to().map(to -> " > " + to).orElse(""),
            operation.offset(),
            operation.length(),
            operation.size(),
            operation.failure().map(kind -> " " + kind.label()).orElse(""));
  }

  private List<String> lines() throws IOException {
    return operations().stream().map(TraceRecorderTest::text).toList();
  }

  @Test
  void setUpIsNotWrittenAndTellsWhatIsThere() throws Exception {
    FileRef file = driver.write(place, "f", CONTENT, unmeasured());
    driver.append(file, CONTENT, unmeasured());
    target.stat(file);
    driver.delete(file, unmeasured());
    assertThat(lines()).containsExactly("stat writes/f 0+0/20");
    assertThat(recorder.remarks()).isEmpty();
    try (TraceReader reader = TraceReader.open("trace", file())) {
      assertThat(reader.header().workload()).isEqualTo("a test");
      assertThat(reader.header().seed()).isEqualTo(7);
      assertThat(reader.header().clients()).isEqualTo(1);
    }
  }

  @Test
  void whatWasMadeAnewOutsideOfOperationsIsAnotherFile() throws Exception {
    for (int i = 0; i < 3; i++) {
      FileRef file = driver.create(place, "f", unmeasured());
      target.delete(file);
    }
    FileRef written = target.write(place, "f", CONTENT).orElseThrow();
    driver.delete(written, unmeasured());
    target.statMissing("run/" + directoryName() + "/f");
    target.write(place, "f", OTHER);
    assertThat(lines())
        .containsExactly(
            "delete writes/f 0+0/0",
            "delete writes/f~2 0+0/0",
            "delete writes/f~3 0+0/0",
            "write writes/f 0+10/10",
            "stat-missing writes/f~4 0+0/0",
            "write writes/f~5 0+10/10");
  }

  private static String directoryName() {
    return "writes-6f1c2c0e-9d0a-4c7b-8f0e-0123456789ab";
  }

  @Test
  void anOperationOfSeveralCallsIsWrittenAsThese() throws Exception {
    target.publish(place, "f", CONTENT);
    target.lifeCycle(place, "g", CONTENT, OTHER);
    assertThat(lines())
        .containsExactly(
            "write writes/f.tmp 0+10/10",
            "read writes/f.tmp 0+10/10",
            "rename writes/f.tmp > writes/f 0+0/10",
            "write writes/g 0+10/10",
            "read writes/g 0+10/10",
            "overwrite writes/g 0+10/10",
            "read writes/g 0+10/10",
            "delete writes/g 0+0/10");
  }

  @Test
  void thePagesOfAListingAreOne() throws Exception {
    for (int i = 0; i < 5; i++) {
      driver.create(place, "f" + i, unmeasured());
    }
    target.together(
        0,
        trace -> {
          var page = driver.list(place, 0, 2, trace);
          driver.stat(page.entries().get(0).file(), trace);
          page = driver.list(place, page.nextOffset(), 2, trace);
          return driver.list(place, page.nextOffset(), 2, trace);
        });
    List<TracedOperation> operations = operations();
    assertThat(operations.stream().map(TraceRecorderTest::text))
        .containsExactly("stat writes/f0 0+0/0", "list writes 0+0/0");
    assertThat(operations.get(1).durationNanos()).as("until the last page").isEqualTo(7);
  }

  @Test
  void callsWithoutWaitingAreWritten() throws Exception {
    FileRef file = driver.write(place, "f", CONTENT, unmeasured());
    target.at(5).readAsync(file, CONTENT).join();
    target.statAsync(file).join();
    List<TracedOperation> operations = operations();
    assertThat(operations.stream().map(TraceRecorderTest::text))
        .containsExactly("read writes/f 0+10/10", "stat writes/f 0+0/10");
    assertThat(operations.get(0).startNanos()).as("as the schedule wanted").isEqualTo(5);
  }

  @Test
  void whatIsFoundCorruptIsSo() throws Exception {
    FileRef file = driver.write(place, "f", CONTENT, unmeasured());
    target.read(file, OTHER);
    assertThat(lines()).containsExactly("read writes/f 0+10/10 corrupt");
  }

  @Test
  void warmUpIsLeftOut() throws Exception {
    wanted = false;
    FileRef file = target.write(place, "f", CONTENT).orElseThrow();
    target.append(file, CONTENT);
    wanted = true;
    target.append(file, CONTENT);
    assertThat(lines()).containsExactly("append writes/f 20+10/30");
  }

  /** Whoever came too late is written after the one who did not, whatever they were told first. */
  @Test
  void callsOfOtherThreadsJoinTheOperationTheyArePartOf() throws Exception {
    FileRef first = driver.create(place, "a", unmeasured());
    FileRef second = driver.create(place, "b", unmeasured());
    TargetDriver otherClient = driver.newClient();
    target.together(
        0,
        trace -> {
          OperationTrace winner = new OperationTrace();
          OperationTrace loser = new OperationTrace();
          otherClient.rename(first, place, "prize", winner);
          try {
            driver.rename(second, place, "prize", loser);
          } catch (OperationException e) {
            trace.addCalls(loser);
          }
          trace.addCalls(winner);
          return true;
        });
    List<TracedOperation> operations = operations();
    assertThat(operations.stream().map(TraceRecorderTest::text))
        .containsExactly(
            "rename writes/a > writes/prize 0+0/0",
            "rename writes/b > writes/prize 0+0/0 already-exists");
    assertThat(operations).extracting(TracedOperation::client).containsExactly(0, 1);
  }

  @Test
  void whoCameTooLateWaitsForWhoDidNot() throws Exception {
    FileRef first = driver.create(place, "a", unmeasured());
    FileRef second = driver.create(place, "b", unmeasured());
    target.together(
        0,
        trace -> {
          driver.rename(first, place, "prize", trace);
          // Ends while the operation that took the name is still under way.
          return target
              .as("other")
              .tracedBy(new OperationTrace(), more -> {})
              .rename(second, place, "prize");
        });
    assertThat(lines())
        .containsExactly(
            "rename writes/a > writes/prize 0+0/0",
            "rename writes/b > writes/prize 0+0/0 already-exists");
  }

  @Test
  void whatTracesCannotSayIsCounted() throws Exception {
    driver.create(place, "f", unmeasured());
    String path = "run/" + directoryName() + "/f";
    target.setAttributes(path, Map.of("a", new byte[1]));
    target.attributes(path, Map.of());
    target.attributes(path, Map.of());
    target.stat(place);
    target.together(0, trace -> driver.list(driver.root(), 0, 10, trace));
    recorder.close();
    assertThat(file()).doesNotExist();
    assertThat(recorder.remarks())
        .containsExactly(
            "5 calls are not in the trace, for traces cannot say them: 2 attributes,"
                + " 1 list outside of the directories of the run, 1 set-attributes,"
                + " 1 stat of a directory",
            "there is no trace: no operation that could be in it was measured");
  }

  @Test
  void clientsAreAsManyAsWereUnderWay() throws Exception {
    FileRef file = driver.write(place, "f", CONTENT, unmeasured());
    Target other = target.newClient();
    target.stat(file);
    other.stat(file);
    target.stat(file);
    target.together(
        0,
        trace -> {
          target.tracedBy(new OperationTrace(), more -> {}).stat(file);
          return driver.stat(file, trace);
        });
    assertThat(operations()).extracting(TracedOperation::client).containsExactly(0, 1, 0, 0, 0);
  }

  @Test
  void moreClientsThanAReplayTakesAreTold() throws Exception {
    FileRef file = driver.write(place, "f", CONTENT, unmeasured());
    for (int client = 0; client < 10_000; client++) {
      target.newClient().stat(file);
    }
    assertThat(recorder.remarks()).isEmpty();
    target.newClient().stat(file);
    assertThat(recorder.remarks())
        .containsExactly("the trace has 10,001 clients; a replay takes up to 10,000");
  }

  /** Two threads may have ended their calls in another order than they tell of them. */
  @Test
  void whoTellsLateIsNoOtherClient() throws Exception {
    FileRef file = driver.write(place, "f", CONTENT, unmeasured());
    OperationTrace early = new OperationTrace();
    driver.stat(file, early);
    target.stat(file);
    recorder.ended(early, Optional.empty());
    target.stat(file);
    assertThat(operations()).extracting(TracedOperation::client).containsExactly(0, 0, 0);
  }
}
