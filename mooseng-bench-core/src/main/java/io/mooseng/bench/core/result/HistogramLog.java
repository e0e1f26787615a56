package io.mooseng.bench.core.result;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/**
 * {@code histograms.hlog}: every histogram of a run, in nanoseconds, as an HdrHistogram log of
 * format version 1.3.
 */
public final class HistogramLog {

  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private HistogramLog() {}

  /**
   * Reads the log of a run; histograms that bear the same tag are added up. A last line that was
   * cut off by the death of the writer is left out.
   *
   * @throws RunDirectoryException with one line naming the file if it is missing or is no such log
   */
  public static Map<HistogramTag, Histogram> read(Path file) {
    try {
      return readWholeLines(wholeLines(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw RunDirectoryException.notReadable(file, e);
    } catch (RuntimeException e) {
      // What HistogramLogReader throws on bad input depends on where it is bad.
      throw new RunDirectoryException(file + " is not the log of a run: " + e.getMessage(), e);
    }
  }

  static void begin(Path file, Instant startedAt) throws IOException {
    double seconds = startedAt.toEpochMilli() / MILLIS_PER_SECOND;
    byte[] header =
        bytes(
            writer -> {
              writer.outputLogFormatVersion();
              // Not outputStartTime, which writes the time zone of this machine.
              writer.outputComment(
                  String.format(
                      Locale.ROOT,
                      "[StartTime: %.3f (seconds since epoch), %s]",
                      seconds,
                      startedAt));
              writer.outputComment(
                  "[values in ns, Interval_Max in ms, times in s since StartTime]");
              writer.outputLegend();
            });
    Files.write(file, header, StandardOpenOption.CREATE_NEW);
  }

  static void append(Path file, Instant startedAt, RowKey row, List<ForkMeasurement> measurements)
      throws IOException {
    byte[] lines =
        bytes(
            writer -> {
              for (ForkMeasurement measurement : measurements) {
                lines(writer, startedAt, row, measurement);
              }
            });
    Files.write(file, lines, StandardOpenOption.APPEND);
  }

  private static void lines(
      HistogramLogWriter writer, Instant startedAt, RowKey row, ForkMeasurement measurement) {
    int fork = measurement.fork().fork();
    Times times = Times.of(measurement, startedAt);
    line(
        writer,
        times,
        new HistogramTag(row, fork, HistogramTag.LATENCY),
        measurement.latencyNanos());
    measurement
        .seriesNanos()
        .forEach(
            (name, histogram) -> line(writer, times, new HistogramTag(row, fork, name), histogram));
  }

  private static void line(
      HistogramLogWriter writer, Times times, HistogramTag tag, Histogram histogram) {
    Histogram tagged = histogram.copy();
    tagged.setTag(tag.format());
    writer.outputIntervalHistogram(
        times.startSeconds(), times.endSeconds(), tagged, NANOS_PER_MILLISECOND);
  }

  /** When a fork was measured, since the start of the run. */
  private record Times(double startSeconds, double endSeconds) {

    /** From the time stamps of the latency histogram; without them, the fork's span from 0. */
    static Times of(ForkMeasurement measurement, Instant startedAt) {
      Histogram latency = measurement.latencyNanos();
      // A histogram that was never given times starts at the end of time and ends at 0.
      if (latency.getStartTimeStamp() > latency.getEndTimeStamp()) {
        return new Times(0, measurement.spanNanos() / NANOS_PER_SECOND);
      }
      long zero = startedAt.toEpochMilli();
      return new Times(
          Math.max(0, latency.getStartTimeStamp() - zero) / MILLIS_PER_SECOND,
          Math.max(0, latency.getEndTimeStamp() - zero) / MILLIS_PER_SECOND);
    }
  }

  /** In memory first: {@code PrintStream}, which the log writer uses, hides a full disk. */
  private static byte[] bytes(Consumer<HistogramLogWriter> writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    writing.accept(new HistogramLogWriter(stream));
    stream.flush();
    return bytes.toByteArray();
  }

  private static byte[] wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  private static Map<HistogramTag, Histogram> readWholeLines(byte[] lines) {
    Map<HistogramTag, Histogram> histograms = new LinkedHashMap<>();
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(lines))) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (next instanceof Histogram histogram) {
          histograms.merge(tagOf(histogram), histogram, HistogramLog::sum);
        }
      }
    }
    return histograms;
  }

  private static HistogramTag tagOf(Histogram histogram) {
    if (histogram.getTag() == null) {
      throw new IllegalArgumentException("it holds a histogram without a tag");
    }
    return HistogramTag.parse(histogram.getTag());
  }

  private static Histogram sum(Histogram a, Histogram b) {
    return Metrics.merge(Stream.of(a, b));
  }
}
