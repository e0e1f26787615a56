package io.mooseng.bench.core.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.target.TargetIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What a fork tells its run: a file of JSON lines, one per measured iteration, plus one for the
 * target it found, one for each warning and one for a failure it could name. Written by one thread
 * of the fork, read by the run after the fork has ended, and in a long run meanwhile; a line cut
 * short by a kill is ignored.
 */
final class ForkLog {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  ForkLog(Path file) {
    this.file = file;
  }

  /** One line of the log; the parts that a line does not carry are null. */
  record Line(
      Interval interval,
      TargetIdentity target,
      String warning,
      Failure failure,
      NetworkRecord network,
      Boolean ended) {}

  /** A failure that ended the fork. */
  record Failure(FailureKind kind, String message) {}

  /** A {@link RecordedInterval} with its histograms in HdrHistogram's compressed form, base 64. */
  record Interval(
      String latency,
      Map<String, String> series,
      Map<FailureKind, Long> failures,
      Map<FailureKind, String> failureMessages,
      Map<FailureKind, Long> retries,
      long bytes,
      long roundTrips,
      long spanNanos,
      Map<Quantity, Double> values) {

    static Interval of(RecordedInterval interval) {
      Map<String, String> series = new TreeMap<>();
      interval.seriesNanos().forEach((name, histogram) -> series.put(name, encode(histogram)));
      return new Interval(
          encode(interval.latencyNanos()),
          series,
          interval.failures(),
          interval.failureMessages(),
          interval.retries(),
          interval.bytes(),
          interval.roundTrips(),
          interval.spanNanos(),
          interval.values());
    }

    RecordedInterval thaw() {
      Map<String, Histogram> histograms = new HashMap<>();
      series.forEach((name, text) -> histograms.put(name, decode(text)));
      return new RecordedInterval(
          decode(latency),
          histograms,
          failures,
          failureMessages,
          retries,
          bytes,
          roundTrips,
          spanNanos,
          values);
    }
  }

  /**
   * Everything a fork told.
   *
   * @param intervals what it measured, added up
   * @param ended whether it ended by itself because its time was over
   */
  record Content(
      RecordedIntervals intervals,
      Optional<TargetIdentity> target,
      List<String> warnings,
      Optional<Failure> failure,
      Optional<NetworkRecord> network,
      boolean ended) {

    /** Of a fork that started no system. */
    Content(
        List<RecordedInterval> intervals,
        Optional<TargetIdentity> target,
        List<String> warnings,
        Optional<Failure> failure) {
      this(RecordedIntervals.of(intervals), target, warnings, failure, Optional.empty(), false);
    }
  }

  void append(RecordedInterval interval) {
    write(new Line(Interval.of(interval), null, null, null, null, null));
  }

  void append(TargetIdentity target) {
    write(new Line(null, target, null, null, null, null));
  }

  /** A line for people about how far the row can be trusted. */
  void appendWarning(String warning) {
    write(new Line(null, null, warning, null, null, null));
  }

  void append(FailureKind kind, String message) {
    write(new Line(null, null, null, new Failure(kind, message), null, null));
  }

  /** The network within a system that the fork started, as it was measured. */
  void append(NetworkRecord network) {
    write(new Line(null, null, null, null, network, null));
  }

  /** The fork is about to end by itself, before its last iteration: its time is over. */
  void appendEnd() {
    write(new Line(null, null, null, null, null, true));
  }

  /** Forgets what was written so far. */
  void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the record of a warm-up fork cannot be removed", e);
    }
  }

  private void write(Line line) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the record of this fork cannot be written", e);
    }
  }

  /** Reads what was written so far; an absent file is an empty log. */
  Content read() throws IOException {
    Reading reading = new Reading();
    new Tail(this).forEachLine(reading::add);
    return reading.content();
  }

  /** What the lines told so far. */
  private static final class Reading {
    private final RecordedIntervals intervals = new RecordedIntervals();
    private final List<String> warnings = new ArrayList<>();
    private TargetIdentity target;
    private Failure failure;
    private NetworkRecord network;
    private boolean ended;

    void add(Line line) {
      ended |= Boolean.TRUE.equals(line.ended());
      if (line.interval() != null) {
        intervals.add(line.interval().thaw());
      }
      if (line.target() != null) {
        target = line.target();
      }
      if (line.warning() != null) {
        warnings.add(line.warning());
      }
      if (line.network() != null) {
        network = line.network();
      }
      if (failure == null) {
        failure = line.failure();
      }
    }

    Content content() {
      return new Content(
          intervals,
          Optional.ofNullable(target),
          warnings,
          Optional.ofNullable(failure),
          Optional.ofNullable(network),
          ended);
    }
  }

  /** Reads a log from its begin, line by line, also while it is written; used by one thread. */
  static final class Tail {
    private static final int CHUNK_BYTES = 1 << 16;

    private final Path file;
    private long at;

    Tail(ForkLog log) {
      this.file = log.file;
    }

    /** Hands on the intervals whose lines were completed since it was asked last. */
    void next(Consumer<RecordedInterval> intervals) throws IOException {
      forEachLine(
          line -> {
            if (line.interval() != null) {
              intervals.accept(line.interval().thaw());
            }
          });
    }

    /** Hands on the lines that were completed since; what a kill or a write cut short stays. */
    private void forEachLine(Consumer<Line> lines) throws IOException {
      if (!Files.exists(file)) {
        return;
      }
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        channel.position(at);
        // Bytes, not characters: a kill may have cut one of those in two.
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (channel.read(chunk.clear()) >= 0) {
          int from = 0;
          for (int i = 0; i < chunk.position(); i++) {
            if (chunk.get(i) == '\n') {
              begun.write(chunk.array(), from, i - from);
              from = i + 1;
              at += begun.size() + 1;
              lines.accept(JSON.readValue(begun.toByteArray(), Line.class));
              begun.reset();
            }
          }
          begun.write(chunk.array(), from, chunk.position() - from);
        }
      }
    }
  }

  private static String encode(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
  }

  private static Histogram decode(String text) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    } catch (DataFormatException e) {
      throw new IllegalStateException("the record of a fork is damaged", e);
    }
  }
}
