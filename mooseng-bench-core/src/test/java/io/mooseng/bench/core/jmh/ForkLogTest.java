package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.process.ChildJvm;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.target.TargetIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ForkLogTest {

  @TempDir private Path directory;
  private Path file;
  private ForkLog log;

  @BeforeEach
  void open() {
    file = directory.resolve("fork.jsonl");
    log = new ForkLog(file);
  }

  private static RecordedInterval interval(long seed) {
    OperationRecorder recorder = new OperationRecorder();
    SplittableRandom random = new SplittableRandom(seed);
    OperationTrace trace = new OperationTrace();
    for (int i = 0; i < 500; i++) {
      trace.reset();
      trace.roundTrip();
      trace.add(Stage.TRANSFER, random.nextLong(1, 1 << 20));
      trace.intendedStart(i - random.nextLong(1 << 10));
      trace.operation(i % 3 == 0 ? "read" : "stat");
      if (i % 7 == 0) {
        trace.retry(FailureKind.UNAVAILABLE);
      }
      recorder.success(i, i + random.nextLong(1L << random.nextInt(1, 41)), 3, trace);
    }
    recorder.failure(0, 5, FailureKind.TIMEOUT, "too \"late\"\nby far – ü");
    recorder.failure(0, 5, FailureKind.TIMEOUT, "again");
    recorder.note(Quantity.FAIRNESS, 0.25);
    return recorder.drain();
  }

  private static void assertSame(RecordedInterval found, RecordedInterval written) {
    assertThat(found.latencyNanos()).isEqualTo(written.latencyNanos());
    assertThat(found.latencyNanos().getMaxValue()).isEqualTo(written.latencyNanos().getMaxValue());
    assertThat(found.seriesNanos()).isEqualTo(written.seriesNanos());
    assertThat(found.values()).isEqualTo(written.values());
    assertThat(found.failures()).isEqualTo(written.failures());
    assertThat(found.failureMessages()).isEqualTo(written.failureMessages());
    assertThat(found.retries()).isEqualTo(written.retries()).isNotEmpty();
    assertThat(found.bytes()).isEqualTo(written.bytes());
    assertThat(found.roundTrips()).isEqualTo(written.roundTrips());
    assertThat(found.spanNanos()).isEqualTo(written.spanNanos());
  }

  private static List<RecordedInterval> next(ForkLog.Tail tail) throws IOException {
    List<RecordedInterval> intervals = new ArrayList<>();
    tail.next(intervals::add);
    return intervals;
  }

  @Test
  void nothingWrittenIsAnEmptyLog() throws IOException {
    ForkLog.Content content = log.read();
    assertThat(content.intervals().isEmpty()).isTrue();
    assertThat(content.target()).isEmpty();
    assertThat(content.failure()).isEmpty();
  }

  @Test
  void everythingComesBack() throws IOException {
    TargetIdentity identity = new TargetIdentity("MooseNG 1.0", "127.0.0.1:5");
    log.append(identity);
    log.append(interval(1));
    log.append(interval(2));
    log.appendWarning("the page cache\nwas not dropped");
    log.append(FailureKind.CORRUPT, "the first");
    log.append(FailureKind.INTERNAL, "its consequence");
    ForkLog.Content content = log.read();
    assertThat(content.target()).contains(identity);
    assertThat(content.intervals().size()).isEqualTo(2);
    assertThat(content.warnings()).containsExactly("the page cache\nwas not dropped");
    List<RecordedInterval> intervals = next(new ForkLog.Tail(log));
    assertSame(intervals.get(0), interval(1));
    assertSame(intervals.get(1), interval(2));
    assertThat(content.failure()).contains(new ForkLog.Failure(FailureKind.CORRUPT, "the first"));
  }

  @Test
  void anEmptyIntervalComesBackToo() throws IOException {
    log.append(new OperationRecorder().drain());
    assertThat(log.read().intervals().size()).isEqualTo(1);
    assertThat(next(new ForkLog.Tail(log)))
        .singleElement()
        .satisfies(empty -> assertThat(empty.successes()).isZero());
  }

  /** A fork may be killed at any byte, also within a character. */
  @Test
  void aTornLastLineIsIgnored() throws IOException {
    log.append(interval(1));
    byte[] whole = Files.readAllBytes(file);
    log.append(FailureKind.INTERNAL, "ü–ü");
    byte[] both = Files.readAllBytes(file);
    for (int end = whole.length; end < both.length; end++) {
      Files.write(file, Arrays.copyOf(both, end), StandardOpenOption.TRUNCATE_EXISTING);
      ForkLog.Content content = log.read();
      assertThat(content.intervals().size()).as("cut at byte " + end).isEqualTo(1);
      assertThat(content.failure()).isEmpty();
    }
    assertThat(new String(both, StandardCharsets.UTF_8).lines()).hasSize(2);
  }

  @Test
  void theNetworkOfAStartedSystemComesBackAsItWasTold() throws IOException {
    NetworkRecord network =
        NetworkRecord.of(
            "wide",
            "tun",
            Map.of("a-b", "delay 36.35ms"),
            Map.of("a-b.rttP50Millis", 72.81, "mtuBytes", 1500),
            List.of("in user space"),
            List.of("nothing"));
    assertThat(log.read().network()).isEmpty();
    log.append(network);
    assertThat(log.read().network()).contains(network);
  }

  @Test
  void isReadWhileItIsWritten() throws IOException {
    ForkLog.Tail tail = new ForkLog.Tail(log);
    assertThat(next(tail)).as("nothing there yet").isEmpty();
    log.append(interval(1));
    log.appendWarning("no interval");
    log.append(interval(2));
    List<RecordedInterval> first = next(tail);
    assertThat(first).hasSize(2);
    assertSame(first.get(1), interval(2));
    assertThat(next(tail)).isEmpty();
    log.append(interval(3));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 10));
    assertThat(next(tail)).as("a line that is being written").isEmpty();
    Files.write(file, whole);
    assertSame(next(tail).get(0), interval(3));
  }

  @Test
  void tellsThatAForkEndedByItself() throws IOException {
    log.append(interval(1));
    assertThat(log.read().ended()).isFalse();
    log.appendEnd();
    assertThat(log.read().ended()).isTrue();
    assertThat(log.read().intervals().size()).isEqualTo(1);
  }

  /** To the byte, since results keep the encoded histograms. */
  @Test
  void histogramsAreAddedUpAsTheyWereRecorded() throws IOException {
    Histogram expected = interval(0).latencyNanos().copy();
    log.append(interval(0));
    for (int i = 1; i < 30; i++) {
      log.append(interval(i));
      expected.add(interval(i).latencyNanos());
    }
    ForkMeasurement measured = log.read().intervals().measurement(0, null, Optional.empty());
    assertThat(encoded(measured.latencyNanos())).isEqualTo(encoded(expected));
    assertThat(measured.fork().iterations()).hasSize(30);
    assertThat(measured.fork().iterations().get(29).latencyNanos())
        .isEqualTo(LatencySummary.of(interval(29).latencyNanos()));
  }

  private static byte[] encoded(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    return Arrays.copyOf(buffer.array(), histogram.encodeIntoByteBuffer(buffer));
  }

  /** A histogram has room for an hour; {@value Reader#INTERVALS} of them do not fit into a heap. */
  @Test
  @Timeout(60)
  void aLongForkIsReadInTheMemoryOfAShortOne() throws Exception {
    OperationRecorder recorder = new OperationRecorder();
    recorder.success(0, 1_000, 1);
    log.append(recorder.drain());
    String line = Files.readString(file);
    Files.writeString(file, line.repeat(Reader.INTERVALS));

    Process reader = ChildJvm.of(Reader.class, file.toString()).start();
    try {
      assertThat(reader.inputReader().lines()).containsExactly(Reader.INTERVALS + " intervals");
    } finally {
      reader.destroyForcibly();
    }
  }

  /** Reads a log in the small heap of {@link ChildJvm}. */
  static final class Reader {
    static final int INTERVALS = 500;

    public static void main(String[] arguments) throws IOException {
      ForkLog.Content content = new ForkLog(Path.of(arguments[0])).read();
      System.out.println(content.intervals().size() + " intervals");
    }
  }
}
