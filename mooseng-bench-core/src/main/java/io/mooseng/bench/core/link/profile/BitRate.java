package io.mooseng.bench.core.link.profile;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates of links as people, and tc(8), write them: {@code 10mbit}, in powers of 1,000. */
public final class BitRate {

  /** Below this a single TCP segment takes over ten seconds. */
  public static final long LEAST = 1_000;

  /** Above this an emulation is the limit, not the link. */
  public static final long MOST = 1_000_000_000_000L;

  /** What {@link #parse} accepts, for a message. */
  public static final String ACCEPTED = "a rate from 1kbit to 1000gbit, such as 10mbit";

  private static final Pattern TEXT = Pattern.compile("(\\d{1,13}(?:\\.\\d{1,3})?)([kmg]?)bit");
  private static final List<String> UNITS = List.of("", "k", "m", "g");
  private static final int GROUP = 3;

  private BitRate() {}

  /**
   * Reads a rate.
   *
   * @return bits per second
   * @throws IllegalArgumentException without a message, if it is not accepted
   */
  public static long parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    BigDecimal bits =
        new BigDecimal(matcher.group(1)).movePointRight(GROUP * UNITS.indexOf(matcher.group(2)));
    if (bits.compareTo(BigDecimal.valueOf(LEAST)) < 0
        || bits.compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw new IllegalArgumentException();
    }
    return bits.longValue();
  }

  /** In the largest unit that needs no more than three decimals. */
  public static String format(long bitsPerSecond) {
    for (int zeros = UNITS.size() * GROUP - GROUP; zeros > 0; zeros -= GROUP) {
      BigDecimal value = BigDecimal.valueOf(bitsPerSecond, zeros).stripTrailingZeros();
      if (value.compareTo(BigDecimal.ONE) >= 0 && value.scale() <= GROUP) {
        return value.toPlainString() + UNITS.get(zeros / GROUP) + "bit";
      }
    }
    return bitsPerSecond + "bit";
  }
}
