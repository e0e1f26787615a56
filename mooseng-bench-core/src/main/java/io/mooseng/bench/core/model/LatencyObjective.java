package io.mooseng.bench.core.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a target is to achieve: a percentile of its response times below a limit, such as {@code
 * p99<20ms}.
 *
 * @param perTenThousand the percentile in hundredths: 5,000 (p50) to 9,999 (p99.99)
 * @param limit above 0, up to an hour
 */
public record LatencyObjective(int perTenThousand, Duration limit) {

  private static final Pattern TEXT =
      Pattern.compile("p(\\d{2}(?:\\.\\d{1,2})?)\\s*<\\s*(\\d\\S*)");
  private static final int LOWEST = 5_000;
  private static final int WHOLE = 10_000;
  private static final int SAMPLES_BEYOND = 10;
  private static final Duration LONGEST = Duration.ofHours(1);

  public LatencyObjective {
    boolean percentile = perTenThousand >= LOWEST && perTenThousand < WHOLE;
    if (!percentile || limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
      throw notAnObjective(perTenThousand + "/10000 < " + limit);
    }
  }

  /**
   * Reads an objective such as {@code p99<20ms} or {@code p99.9 < 1s}.
   *
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  public static LatencyObjective parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw notAnObjective(text);
    }
    try {
      int percentile = new BigDecimal(matcher.group(1)).movePointRight(2).intValueExact();
      return new LatencyObjective(percentile, TimeText.parse(matcher.group(2)));
    } catch (IllegalArgumentException e) {
      throw notAnObjective(text);
    }
  }

  private static IllegalArgumentException notAnObjective(String text) {
    return new IllegalArgumentException(
        "'%s' is no latency objective; accepted: a percentile from p50 to p99.99 and a limit up to"
                .formatted(text)
            + " 1h, such as p99<20ms");
  }

  /** From 50 to 99.99. */
  public double percentile() {
    return perTenThousand / 100.0;
  }

  /** Fewer operations than these do not decide: ten are to be expected beyond the percentile. */
  public long requiredSamples() {
    return (long) Math.ceil((double) SAMPLES_BEYOND * WHOLE / (WHOLE - perTenThousand));
  }

  /** Whether the percentile of what was measured is below the limit. */
  public boolean isMetBy(long nanosAtPercentile) {
    return nanosAtPercentile < limit.toNanos();
  }

  /** One form for one objective, such as {@code p99<20ms}; {@link #parse} reads it back. */
  @Override
  public String toString() {
    String percentile = BigDecimal.valueOf(perTenThousand, 2).stripTrailingZeros().toPlainString();
    return "p" + percentile + "<" + TimeText.format(limit);
  }
}
