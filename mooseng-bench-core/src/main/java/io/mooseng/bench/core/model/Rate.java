package io.mooseng.bench.core.model;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many operations are to start in a second. Kept in thousandths of an operation per second, so
 * that schedules can be computed with whole numbers.
 *
 * @param perThousandSeconds operations in 1,000 s: from 1 to 10<sup>9</sup>
 */
public record Rate(long perThousandSeconds) implements Comparable<Rate> {

  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(?:/s)?");
  private static final int DECIMALS = 3;
  private static final BigDecimal MOST_PER_SECOND = BigDecimal.valueOf(1_000_000);
  private static final long MOST = MOST_PER_SECOND.movePointRight(DECIMALS).longValueExact();

  public Rate {
    if (perThousandSeconds < 1 || perThousandSeconds > MOST) {
      throw new IllegalArgumentException(
          "a rate must be above 0/s and at most "
              + MOST_PER_SECOND
              + "/s: "
              + perThousandSeconds
              + " in 1000 s");
    }
  }

  /** A whole number of operations per second. */
  public static Rate perSecond(long operations) {
    return new Rate(Math.multiplyExact(operations, 1_000L));
  }

  /**
   * Reads operations per second, such as {@code 2000}, {@code 2000/s}, {@code 0.5/s}.
   *
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  public static Rate parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw notARate(text);
    }
    BigDecimal perSecond = new BigDecimal(matcher.group(1));
    if (perSecond.signum() <= 0
        || perSecond.compareTo(MOST_PER_SECOND) > 0
        || perSecond.stripTrailingZeros().scale() > DECIMALS) {
      throw notARate(text);
    }
    return new Rate(perSecond.movePointRight(DECIMALS).longValueExact());
  }

  private static IllegalArgumentException notARate(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a rate; accepted: operations per second above 0, up to 1000000, with up to"
            + " three decimals, such as 2000 or 0.5/s");
  }

  /** For reports; schedules use {@link #perThousandSeconds}. */
  public double operationsPerSecond() {
    return perThousandSeconds / 1_000.0;
  }

  @Override
  public int compareTo(Rate other) {
    return Long.compare(perThousandSeconds, other.perThousandSeconds);
  }

  /** The shortest exact form, such as {@code 2000/s}; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(perThousandSeconds, DECIMALS).stripTrailingZeros().toPlainString()
        + "/s";
  }
}
