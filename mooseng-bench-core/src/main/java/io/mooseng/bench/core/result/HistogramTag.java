package io.mooseng.bench.core.result;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names one histogram in {@code histograms.hlog}.
 *
 * <p>Text form: {@code benchmark|mode|network|k=v;k=v|fork|series}, each name and value escaped by
 * percent-encoding (RFC 3986, section 2.1), so that it holds none of comma, space and line break,
 * which end a tag in an HdrHistogram log. The mode is empty where JMH did not run.
 *
 * @param fork from 0
 * @param series {@link #LATENCY} or the name of another series, such as {@code stage.first-byte}
 */
public record HistogramTag(RowKey row, int fork, String series) {

  public static final String LATENCY = "latency";

  private static final int PARTS = 6;

  public HistogramTag {
    Frozen.require("row", row);
    Frozen.requireNotNegative("fork", fork);
    Names.requireSeries(Frozen.require("series", series));
  }

  /** The text form. */
  public String format() {
    return String.join(
        "|",
        Escape.percent(row.benchmark()),
        Escape.percent(row.jmhMode() == null ? "" : row.jmhMode()),
        Escape.percent(row.network()),
        RowKey.paramsText(row.params()),
        Integer.toString(fork),
        Escape.percent(series));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static HistogramTag parse(String text) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("'" + text + "' is not the tag of a histogram of a run");
    }
    String mode = Escape.unpercent(parts[1]);
    RowKey row =
        new RowKey(
            Escape.unpercent(parts[0]),
            mode.isEmpty() ? null : mode,
            params(parts[3]),
            Escape.unpercent(parts[2]));
    return new HistogramTag(row, Integer.parseInt(parts[4]), Escape.unpercent(parts[5]));
  }

  private static SortedMap<String, String> params(String text) {
    SortedMap<String, String> params = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String pair : text.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("'" + pair + "' is not a parameter and its value");
        }
        params.put(
            Escape.unpercent(pair.substring(0, equals)),
            Escape.unpercent(pair.substring(equals + 1)));
      }
    }
    return params;
  }
}
