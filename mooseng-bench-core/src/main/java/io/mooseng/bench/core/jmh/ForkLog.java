package io.mooseng.bench.core.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.target.TargetIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
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
   * @param ended whether it ended by itself because its time was over
   */
  record Content(
      List<RecordedInterval> intervals,
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
      this(intervals, target, warnings, failure, Optional.empty(), false);
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
    List<RecordedInterval> intervals = new ArrayList<>();
    Optional<TargetIdentity> target = Optional.empty();
    List<String> warnings = new ArrayList<>();
    Optional<Failure> failure = Optional.empty();
    Optional<NetworkRecord> network = Optional.empty();
    boolean ended = false;
    // Not readString: a kill may have cut a character in two, which that refuses.
    String text =
        Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    int whole = text.lastIndexOf('\n') + 1;
    for (String lineText : text.substring(0, whole).lines().toList()) {
      Line line = JSON.readValue(lineText, Line.class);
      ended |= Boolean.TRUE.equals(line.ended());
      if (line.interval() != null) {
        intervals.add(line.interval().thaw());
      }
      if (line.target() != null) {
        target = Optional.of(line.target());
      }
      if (line.warning() != null) {
        warnings.add(line.warning());
      }
      if (line.network() != null) {
        network = Optional.of(line.network());
      }
      if (failure.isEmpty()) {
        failure = Optional.ofNullable(line.failure());
      }
    }
    return new Content(intervals, target, warnings, failure, network, ended);
  }

  /** Reads the intervals of a log while it is written; used by one thread. */
  static final class Tail {
    private final Path file;
    private long at;

    Tail(ForkLog log) {
      this.file = log.file;
    }

    /** The intervals whose lines were completed since it was asked last. */
    List<RecordedInterval> next() throws IOException {
      List<RecordedInterval> intervals = new ArrayList<>();
      if (!Files.exists(file)) {
        return intervals;
      }
      byte[] bytes;
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        channel.position(at);
        bytes = Channels.newInputStream(channel).readAllBytes();
      }
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      at += whole;
      String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
      for (String lineText : text.lines().toList()) {
        Line line = JSON.readValue(lineText, Line.class);
        if (line.interval() != null) {
          intervals.add(line.interval().thaw());
        }
      }
      return intervals;
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
