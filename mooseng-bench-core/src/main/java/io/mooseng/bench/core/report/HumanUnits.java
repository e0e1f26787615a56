package io.mooseng.bench.core.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers with three significant digits in the unit a person would choose; plain ASCII. */
public final class HumanUnits {

  /** Shown where there is no value. */
  public static final String NONE = "-";

  private static final String[] TIME_UNITS = {"ns", "us", "ms", "s"};
  private static final double UNIT_STEP = 1000;
  private static final double BYTES_PER_MB = 1024.0 * 1024.0;

  /** From here on, three significant digits round up to the next power of ten. */
  private static final double ROUNDS_TO_1000 = 999.5;

  private static final double ROUNDS_TO_100 = 99.95;
  private static final double ROUNDS_TO_10 = 9.995;

  private static final int DIGITS_BETWEEN_COMMAS = 3;

  private HumanUnits() {}

  /** For instance {@code 12.3 us}; seconds are the largest unit. */
  public static String nanos(Double nanos) {
    if (nanos == null) {
      return NONE;
    }
    double value = nanos;
    int unit = 0;
    while (value >= ROUNDS_TO_1000 && unit < TIME_UNITS.length - 1) {
      value /= UNIT_STEP;
      unit++;
    }
    return number(value) + " " + TIME_UNITS[unit];
  }

  /** Bytes per second as MB/s, 1 MB = 1,024 KB = 1,048,576 B. */
  public static String megabytes(Double bytes) {
    return bytes == null ? NONE : number(bytes / BYTES_PER_MB);
  }

  /** Three significant digits, all digits before the point, thousands set apart by commas. */
  public static String number(Double value) {
    if (value == null) {
      return NONE;
    }
    double size = Math.abs(value);
    boolean whole = size >= ROUNDS_TO_100 || value == Math.rint(value);
    return fixed(value, whole ? 0 : size >= ROUNDS_TO_10 ? 1 : 2);
  }

  /**
   * So many digits behind the point, halves rounded away from zero, thousands set apart by commas;
   * never {@code -0}. As {@code String.format} writes it, which parses its format each time: a
   * large report has a hundred thousand numbers.
   */
  static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String plain = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    int first = plain.charAt(0) == '-' ? 1 : 0;
    int point = digits == 0 ? plain.length() : plain.length() - digits - 1;
    if (point - first <= DIGITS_BETWEEN_COMMAS) {
      return plain;
    }
    StringBuilder grouped = new StringBuilder(plain);
    for (int at = point - DIGITS_BETWEEN_COMMAS; at > first; at -= DIGITS_BETWEEN_COMMAS) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }
}
