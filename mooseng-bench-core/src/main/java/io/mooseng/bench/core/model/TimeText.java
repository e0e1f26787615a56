package io.mooseng.bench.core.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: a number and a unit, such as {@code 10s}. */
public final class TimeText {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(us|ms|s|m|h)");
  private static final long MICRO = 1_000L;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final Map<String, Long> UNIT_NANOS =
      Map.of("us", MICRO, "ms", MILLI, "s", SECOND, "m", 60 * SECOND, "h", 3_600 * SECOND);

  private TimeText() {}

  /**
   * Reads a time such as {@code 500us}, {@code 1.5s}, {@code 2m} or {@code 1h}.
   *
   * @throws IllegalArgumentException without a message, if it is not one
   */
  public static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    BigDecimal unit = BigDecimal.valueOf(UNIT_NANOS.get(matcher.group(2)));
    return Duration.ofNanos(new BigDecimal(matcher.group(1)).multiply(unit).longValue());
  }

  /** In the largest of s, ms and us that needs no decimals, so that one time has one form. */
  public static String format(Duration time) {
    long nanos = time.toNanos();
    if (nanos % SECOND == 0) {
      return nanos / SECOND + "s";
    }
    if (nanos % MILLI == 0) {
      return nanos / MILLI + "ms";
    }
    return BigDecimal.valueOf(nanos, 3).stripTrailingZeros().toPlainString() + "us";
  }
}
