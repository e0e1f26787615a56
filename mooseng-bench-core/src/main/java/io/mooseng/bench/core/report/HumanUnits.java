package io.mooseng.bench.core.report;

import java.util.Locale;

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
    String format = size >= ROUNDS_TO_100 ? "%,.0f" : size >= ROUNDS_TO_10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : format, value);
  }
}
