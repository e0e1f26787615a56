package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.ConnectionSetting;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.workload.Payload;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values a benchmark parameter accepts. Quantities accept any sensible value; every other
 * parameter accepts the values its benchmark declares.
 */
final class ParameterRules {

  private static final int MOST_IN_FLIGHT = 10_000;
  private static final Pattern MILLISECONDS = Pattern.compile("(\\d+(?:\\.\\d+)?)ms");
  private static final BigDecimal LONGEST_RTT_MILLIS = BigDecimal.valueOf(10_000);

  /**
   * By parameter: what throws an IllegalArgumentException for a value that is not accepted, with a
   * message that names parameter, value and what is accepted.
   */
  private static final Map<String, Consumer<String>> RULES = rules();

  private ParameterRules() {}

  private static Map<String, Consumer<String>> rules() {
    Map<String, Consumer<String>> rules = new HashMap<>();
    rules.put("size", ParameterRules::checkSize);
    rules.put("inFlight", value -> checkCount("inFlight", value, MOST_IN_FLIGHT));
    rules.put(Cell.RTT_PARAMETER, ParameterRules::rtt);
    for (ConnectionSetting setting : ConnectionSetting.values()) {
      rules.put(setting.parameter(), value -> ConnectionSettings.defaults().with(setting, value));
    }
    return Map.copyOf(rules);
  }

  /**
   * @throws ConfigurationException naming the parameter, the value and what is accepted
   */
  static void check(String name, String value, List<String> declared) {
    try {
      RULES.getOrDefault(name, any -> checkDeclared(name, any, declared)).accept(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("-p " + e.getMessage());
    }
  }

  private static void checkDeclared(String name, String value, List<String> declared) {
    if (!declared.contains(value)) {
      throw refusal(name, value, String.join(", ", declared));
    }
  }

  private static void checkSize(String value) {
    ByteSize size;
    try {
      size = ByteSize.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("size=" + value + ": " + e.getMessage());
    }
    if (size.compareTo(Payload.LARGEST) > 0) {
      throw refusal("size", value, "up to " + Payload.LARGEST);
    }
  }

  private static void checkCount(String name, String value, int most) {
    int count;
    try {
      count = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      count = 0;
    }
    if (count < 1 || count > most) {
      throw refusal(name, value, "a whole number from 1 to " + most);
    }
  }

  /**
   * Reads a round-trip time such as {@code 72.7ms}.
   *
   * @throws IllegalArgumentException naming the value and what is accepted
   */
  static Duration rtt(String value) {
    Matcher matcher = MILLISECONDS.matcher(value);
    if (!matcher.matches() || new BigDecimal(matcher.group(1)).compareTo(LONGEST_RTT_MILLIS) > 0) {
      throw refusal(
          Cell.RTT_PARAMETER,
          value,
          "milliseconds from 0ms to %sms, such as 72.7ms".formatted(LONGEST_RTT_MILLIS));
    }
    return Duration.ofNanos(new BigDecimal(matcher.group(1)).movePointRight(6).longValue());
  }

  private static IllegalArgumentException refusal(String name, String value, String accepted) {
    return new IllegalArgumentException("%s=%s: accepted: %s".formatted(name, value, accepted));
  }
}
