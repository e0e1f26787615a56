package io.mooseng.bench.core.gate;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.TimeText;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with a unit, as people write it: {@code 20ms}, {@code 1000 op/s}, {@code 100MB/s},
 * {@code 99%}, {@code 0}.
 *
 * @param value in the unit that metrics have: ns, op/s, B/s, or a plain number
 * @param unit of the metrics it suits; null: any that is neither a time nor a rate
 * @param text as it was written
 */
record Limit(double value, String unit, String text) {

  /** What {@link #parse} accepts. */
  static final String ACCEPTED =
      "a time (20ms), operations (1000 op/s), bytes (100MB/s), a share (99%) or a plain number";

  private static final String NANOSECONDS = "ns";
  private static final String OPERATIONS = "op/s";
  private static final String BYTES = "B/s";
  private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%|op/s)?");
  private static final String PER_SECOND = "/s";

  /**
   * @throws IllegalArgumentException if it is none of {@link #ACCEPTED}
   */
  static Limit parse(String text) {
    Matcher number = NUMBER.matcher(text);
    if (number.matches()) {
      BigDecimal value = new BigDecimal(number.group(1));
      String unit = number.group(2);
      if (unit == null) {
        return new Limit(value.doubleValue(), null, text);
      }
      return unit.equals(OPERATIONS)
          ? new Limit(value.doubleValue(), OPERATIONS, text)
          : new Limit(value.movePointLeft(2).doubleValue(), null, text);
    }
    if (text.endsWith(PER_SECOND)) {
      String size = text.substring(0, text.length() - PER_SECOND.length());
      return new Limit(ByteSize.parse(size).bytes(), BYTES, text);
    }
    return new Limit(TimeText.parse(text).toNanos(), NANOSECONDS, text);
  }

  /** Whether a metric of this unit can be held against it. */
  boolean suits(String metricUnit) {
    boolean needsUnit =
        metricUnit.equals(NANOSECONDS) || metricUnit.equals(OPERATIONS) || metricUnit.equals(BYTES);
    return needsUnit ? metricUnit.equals(unit) : unit == null;
  }
}
