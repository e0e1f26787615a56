package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.model.ByteSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values a benchmark parameter accepts. Quantities accept any sensible value; every other
 * parameter accepts the values its benchmark declares.
 */
final class ParameterRules {

  /** Sizes above this are not yet supported by the payload generator's tests. */
  private static final ByteSize LARGEST_FILE = ByteSize.parse("8GB");

  private static final int MOST_IN_FLIGHT = 10_000;
  private static final Pattern MILLISECONDS = Pattern.compile("(\\d+(?:\\.\\d+)?)ms");
  private static final BigDecimal LONGEST_RTT_MILLIS = BigDecimal.valueOf(10_000);

  private ParameterRules() {}

  /**
   * @throws ConfigurationException naming the parameter, the value and what is accepted
   */
  static void check(String name, String value, List<String> declared) {
    switch (name) {
      case "size" -> checkSize(value);
      case "inFlight" -> checkInFlight(value);
      case Cell.RTT_PARAMETER -> rtt(value);
      // Declared is what runs if nobody asks: cold or forced needs a decision.
      case Cell.FSYNC_PARAMETER -> checkOneOf(name, value, Cell.FSYNC_VALUES);
      case Cell.CACHE_PARAMETER -> checkOneOf(name, value, Cell.CACHE_VALUES);
      default -> checkOneOf(name, value, declared);
    }
  }

  private static void checkOneOf(String name, String value, List<String> accepted) {
    if (!accepted.contains(value)) {
      throw new ConfigurationException(
          "-p %s=%s: accepted: %s".formatted(name, value, String.join(", ", accepted)));
    }
  }

  private static void checkSize(String value) {
    ByteSize size;
    try {
      size = ByteSize.parse(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("-p size=" + value + ": " + e.getMessage());
    }
    if (size.compareTo(LARGEST_FILE) > 0) {
      throw new ConfigurationException("-p size=" + value + ": accepted: up to " + LARGEST_FILE);
    }
  }

  private static void checkInFlight(String value) {
    int count;
    try {
      count = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      count = 0;
    }
    if (count < 1 || count > MOST_IN_FLIGHT) {
      throw new ConfigurationException(
          "-p inFlight=%s: accepted: a whole number from 1 to %d".formatted(value, MOST_IN_FLIGHT));
    }
  }

  /** Reads a round-trip time such as {@code 72.7ms}. */
  static Duration rtt(String value) {
    Matcher matcher = MILLISECONDS.matcher(value);
    if (!matcher.matches() || new BigDecimal(matcher.group(1)).compareTo(LONGEST_RTT_MILLIS) > 0) {
      throw new ConfigurationException(
          "-p rtt=%s: accepted: milliseconds from 0ms to %sms, such as 72.7ms"
              .formatted(value, LONGEST_RTT_MILLIS));
    }
    return Duration.ofNanos(new BigDecimal(matcher.group(1)).movePointRight(6).longValue());
  }
}
