package io.mooseng.bench.core.link.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** Shares as people write them: {@code 0.1%}. */
public final class Percent {

  private static final Pattern TEXT = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?%");
  private static final int DIGITS = 9;

  private Percent() {}

  /**
   * Reads a share from {@code 0%} to {@code 100%}.
   *
   * @return from 0 to 1
   * @throws IllegalArgumentException without a message, if it is not one
   */
  public static double parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    double share =
        new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2).doubleValue();
    if (share > 1) {
      throw new IllegalArgumentException();
    }
    return share;
  }

  /** The shortest form of a share: {@code 0.1%} of 0.001. */
  public static String format(double share) {
    if (Double.isNaN(share) || Double.isInfinite(share)) {
      return share + "";
    }
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .round(new MathContext(DIGITS))
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }
}
