package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The histograms of a run by row, decoded when they are asked for: a run of ten thousand rows has a
 * log of some ten megabytes, but gigabytes of histograms.
 *
 * <p>Immutable once opened.
 */
public final class HistogramIndex {

  private static final String TAG = "Tag=";
  private static final String START_TIME = "#[StartTime: ";
  private static final double MILLIS_PER_SECOND = 1e3;

  /** After the tag: start, length, maximum, payload. */
  private static final int FIELDS = 5;

  private final Path file;

  /** By row, then by series. */
  private final Map<String, SortedMap<String, List<Line>>> lines;

  /**
   * One histogram as it is written: compressed, in base 64.
   *
   * @param startMillis when it was begun, since the epoch
   */
  private record Line(int fork, long startMillis, long endMillis, String payload) {}

  private HistogramIndex(Path file, Map<String, SortedMap<String, List<Line>>> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Reads a log without decoding it. A last line that was cut off by the death of the writer is
   * left out.
   *
   * @throws RunDirectoryException with one line naming the file if it is missing or is no such log
   */
  public static HistogramIndex open(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw RunDirectoryException.notReadable(file, e);
    }
    Map<String, SortedMap<String, List<Line>>> lines = new HashMap<>();
    double startSeconds = 0;
    int from = 0;
    int number = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      number++;
      String line = text.substring(from, end);
      from = end + 1;
      if (line.startsWith(TAG)) {
        add(file, number, line, startSeconds, lines);
      } else if (line.startsWith(START_TIME)) {
        startSeconds = seconds(file, number, line.substring(START_TIME.length()).split(" ", 2)[0]);
      } else if (!line.startsWith("#") && !line.startsWith("\"") && !line.isBlank()) {
        throw damaged(file, "line " + number + " has no tag", null);
      }
    }
    return new HistogramIndex(file, lines);
  }

  private static void add(
      Path file,
      int number,
      String line,
      double startSeconds,
      Map<String, SortedMap<String, List<Line>>> lines) {
    String[] fields = line.split(",", FIELDS);
    if (fields.length < FIELDS) {
      throw damaged(file, "line " + number + " has fewer than " + FIELDS + " fields", null);
    }
    String tag = fields[0].substring(TAG.length());
    int series = tag.lastIndexOf('|');
    int fork = tag.lastIndexOf('|', series - 1);
    if (fork < 0) {
      throw damaged(file, "line " + number + ": '" + tag + "' is not the tag of a histogram", null);
    }
    double start = startSeconds + seconds(file, number, fields[1]);
    double end = start + seconds(file, number, fields[2]);
    try {
      lines
          .computeIfAbsent(tag.substring(0, fork), row -> new TreeMap<>())
          .computeIfAbsent(Escape.unpercent(tag.substring(series + 1)), name -> new ArrayList<>())
          .add(
              new Line(
                  Integer.parseInt(tag.substring(fork + 1, series)),
                  Math.round(start * MILLIS_PER_SECOND),
                  Math.round(end * MILLIS_PER_SECOND),
                  fields[FIELDS - 1].strip()));
    } catch (NumberFormatException e) {
      throw damaged(file, "line " + number + ": '" + tag + "' has no number of a fork", e);
    }
  }

  private static double seconds(Path file, int number, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw damaged(file, "line " + number + ": '" + text + "' is no time", e);
    }
  }

  /**
   * The sum of a series over all forks of a row; empty if there is none.
   *
   * @throws RunDirectoryException if a histogram of it cannot be decoded
   */
  public Optional<Histogram> merged(RowKey row, String series) {
    SortedMap<Integer, Histogram> forks = byFork(row, series);
    return forks.isEmpty() ? Optional.empty() : Optional.of(Metrics.merge(forks.values().stream()));
  }

  /**
   * A series of a row, by fork.
   *
   * @throws RunDirectoryException if a histogram of it cannot be decoded
   */
  public SortedMap<Integer, Histogram> byFork(RowKey row, String series) {
    SortedMap<Integer, Histogram> forks = new TreeMap<>();
    for (Line line : ofRow(row).getOrDefault(series, List.of())) {
      forks.merge(line.fork(), decode(line), (a, b) -> Metrics.merge(Stream.of(a, b)));
    }
    return forks;
  }

  /**
   * A series of one fork of a row; empty if there is none.
   *
   * @throws RunDirectoryException if a histogram of it cannot be decoded
   */
  public Optional<Histogram> of(RowKey row, int fork, String series) {
    return ofRow(row).getOrDefault(series, List.of()).stream()
        .filter(line -> line.fork() == fork)
        .map(this::decode)
        .reduce((a, b) -> Metrics.merge(Stream.of(a, b)));
  }

  /**
   * A fork of a row with all its histograms; empty if there is none of its latency.
   *
   * @throws RunDirectoryException if a histogram of it cannot be decoded
   */
  public Optional<ForkMeasurement> measurement(RowKey row, ForkRecord fork) {
    Map<String, Histogram> others = new TreeMap<>();
    for (String name : series(row)) {
      if (!name.equals(HistogramTag.LATENCY)) {
        of(row, fork.fork(), name).ifPresent(histogram -> others.put(name, histogram));
      }
    }
    return of(row, fork.fork(), HistogramTag.LATENCY)
        .map(latency -> ForkMeasurement.of(fork, latency, others));
  }

  /** The names of the series of a row, in order. */
  public Set<String> series(RowKey row) {
    return Collections.unmodifiableSet(ofRow(row).keySet());
  }

  private SortedMap<String, List<Line>> ofRow(RowKey row) {
    return lines.getOrDefault(key(row), Collections.emptySortedMap());
  }

  private Histogram decode(Line line) {
    try {
      byte[] bytes = Base64.getDecoder().decode(line.payload());
      Histogram histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
      histogram.setAutoResize(true);
      histogram.setStartTimeStamp(line.startMillis());
      histogram.setEndTimeStamp(line.endMillis());
      return histogram;
    } catch (DataFormatException | RuntimeException e) {
      // What the decoder throws on bad input depends on where it is bad.
      throw damaged(file, "a histogram cannot be decoded (" + e.getMessage() + ")", e);
    }
  }

  /** The beginning of the tags of a row. */
  private static String key(RowKey row) {
    String tag = new HistogramTag(row, 0, HistogramTag.LATENCY).format();
    return tag.substring(0, tag.lastIndexOf('|', tag.lastIndexOf('|') - 1));
  }

  private static RunDirectoryException damaged(Path file, String what, Throwable cause) {
    return new RunDirectoryException(file + " is not the log of a run: " + what, cause);
  }
}
