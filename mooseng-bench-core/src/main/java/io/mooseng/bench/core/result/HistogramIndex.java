package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final byte[] TAG = "Tag=".getBytes(StandardCharsets.US_ASCII);
  private static final String START_TIME = "#[StartTime: ";
  private static final double MILLIS_PER_SECOND = 1e3;

  /** After the tag: start, length, maximum, payload. */
  private static final int FIELDS = 5;

  private final Path file;
  private final byte[] log;

  /** By row, then by series. */
  private final Map<String, SortedMap<String, List<Line>>> lines;

  /**
   * One histogram as it is written: compressed, in base 64.
   *
   * @param startMillis when it was begun, since the epoch
   * @param from where it begins in the log
   * @param to where it has ended
   */
  private record Line(int fork, long startMillis, long endMillis, int from, int to) {}

  private HistogramIndex(Path file, byte[] log, Map<String, SortedMap<String, List<Line>>> lines) {
    this.file = file;
    this.log = log;
    this.lines = lines;
  }

  /**
   * Reads a log without decoding it. A last line that was cut off by the death of the writer is
   * left out.
   *
   * @throws RunDirectoryException with one line naming the file if it is missing or is no such log
   */
  public static HistogramIndex open(Path file) {
    try {
      byte[] log = Files.readAllBytes(file);
      return new HistogramIndex(file, log, new Reader(file, log).read());
    } catch (IOException e) {
      throw RunDirectoryException.notReadable(file, e);
    }
  }

  /** Goes through a log once. Most lines are of the row of the line before. */
  private static final class Reader {
    private final Path file;
    private final byte[] log;
    private final ByteNames names = new ByteNames();
    private final Map<String, SortedMap<String, List<Line>>> lines = new HashMap<>();
    private final int[] commas = new int[FIELDS - 1];
    private SortedMap<String, List<Line>> row;
    private int rowFrom;
    private int rowTo;
    private double startSeconds;
    private int number;

    Reader(Path file, byte[] log) {
      this.file = file;
      this.log = log;
    }

    Map<String, SortedMap<String, List<Line>>> read() {
      int from = 0;
      for (int end = 0; end < log.length; end++) {
        if (log[end] == '\n') {
          number++;
          line(from, end);
          from = end + 1;
        }
      }
      return lines;
    }

    private void line(int from, int end) {
      if (begins(from, end, TAG)) {
        histogram(from, end);
        return;
      }
      String line = new String(log, from, end - from, StandardCharsets.UTF_8);
      if (line.startsWith(START_TIME)) {
        startSeconds = seconds(line.substring(START_TIME.length()).split(" ", 2)[0]);
      } else if (!line.startsWith("#") && !line.startsWith("\"") && !line.isBlank()) {
        throw damaged(file, "line " + number + " has no tag", null);
      }
    }

    private boolean begins(int from, int end, byte[] with) {
      return end - from >= with.length
          && Arrays.equals(log, from, from + with.length, with, 0, with.length);
    }

    private void histogram(int from, int end) {
      int found = 0;
      for (int at = from; at < end && found < commas.length; at++) {
        if (log[at] == ',') {
          commas[found++] = at;
        }
      }
      if (found < commas.length) {
        throw damaged(file, "line " + number + " has fewer than " + FIELDS + " fields", null);
      }
      int tag = from + TAG.length;
      int series = lastBar(tag, commas[0]);
      int fork = lastBar(tag, series);
      if (fork < 0) {
        throw damaged(
            file,
            "line " + number + ": '" + text(tag, commas[0]) + "' is not the tag of a histogram",
            null);
      }
      double start = startSeconds + seconds(text(commas[0] + 1, commas[1]));
      double stop = start + seconds(text(commas[1] + 1, commas[2]));
      try {
        row(tag, fork)
            .computeIfAbsent(
                Escape.unpercent(names.of(log, series + 1, commas[0])), name -> new ArrayList<>())
            .add(
                new Line(
                    Integer.parseInt(text(fork + 1, series)),
                    Math.round(start * MILLIS_PER_SECOND),
                    Math.round(stop * MILLIS_PER_SECOND),
                    commas[FIELDS - 2] + 1,
                    end));
      } catch (NumberFormatException e) {
        throw damaged(
            file, "line " + number + ": '" + text(tag, commas[0]) + "' has no number of a fork", e);
      }
    }

    private SortedMap<String, List<Line>> row(int from, int to) {
      if (row == null || !Arrays.equals(log, rowFrom, rowTo, log, from, to)) {
        row = lines.computeIfAbsent(text(from, to), name -> new TreeMap<>());
        rowFrom = from;
        rowTo = to;
      }
      return row;
    }

    /** The last bar before {@code to}; -1 if there is none. */
    private int lastBar(int from, int to) {
      int at = to - 1;
      while (at >= from && log[at] != '|') {
        at--;
      }
      return at < from ? -1 : at;
    }

    private String text(int from, int to) {
      return new String(log, from, to - from, StandardCharsets.UTF_8);
    }

    private double seconds(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw damaged(file, "line " + number + ": '" + text + "' is no time", e);
      }
    }
  }

  /**
   * The sum of a series over all forks of a row; empty if there is none.
   *
   * @throws RunDirectoryException if a histogram of it cannot be decoded
   */
  public Optional<Histogram> merged(RowKey row, String series) {
    List<Line> found = ofRow(row).getOrDefault(series, List.of());
    return found.isEmpty() ? Optional.empty() : Optional.of(sum(found));
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

  private Histogram sum(List<Line> all) {
    Histogram sum = decode(all.get(0));
    for (Line line : all.subList(1, all.size())) {
      if (!addTo(sum, line)) {
        return Metrics.merge(all.stream().map(this::decode));
      }
    }
    return sum;
  }

  /** Adds a histogram to another one without making it; false if it must be made first. */
  private boolean addTo(Histogram sum, Line line) {
    try {
      sum.setStartTimeStamp(Math.min(sum.getStartTimeStamp(), line.startMillis()));
      sum.setEndTimeStamp(Math.max(sum.getEndTimeStamp(), line.endMillis()));
      return CompressedCounts.addTo(sum, bytes(line));
    } catch (DataFormatException | RuntimeException e) {
      throw undecodable(e);
    }
  }

  private byte[] bytes(Line line) {
    String payload =
        new String(log, line.from(), line.to() - line.from(), StandardCharsets.ISO_8859_1);
    return Base64.getDecoder().decode(payload.strip());
  }

  private Histogram decode(Line line) {
    try {
      Histogram histogram = CompressedCounts.decode(bytes(line));
      histogram.setStartTimeStamp(line.startMillis());
      histogram.setEndTimeStamp(line.endMillis());
      return histogram;
    } catch (DataFormatException | RuntimeException e) {
      // What the decoder throws on bad input depends on where it is bad.
      throw undecodable(e);
    }
  }

  private RunDirectoryException undecodable(Exception e) {
    return damaged(file, "a histogram cannot be decoded (" + e.getMessage() + ")", e);
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
