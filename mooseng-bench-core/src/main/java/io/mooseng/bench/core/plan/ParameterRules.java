package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.load.RateChoice;
import io.mooseng.bench.core.model.ArrivalProcess;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Concurrency;
import io.mooseng.bench.core.model.ScheduleLength;
import io.mooseng.bench.core.target.ConnectionSetting;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.workload.Payload;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values a benchmark parameter accepts, and how they are written: one quantity is one row,
 * whether the user types {@code 1KB} or {@code 1024B}. Quantities accept any sensible value; every
 * other parameter accepts the values its benchmark declares.
 */
final class ParameterRules {

  /** Parameters that are whole numbers from 1, and the largest that makes sense. */
  private static final Map<String, Integer> MOST =
      Map.of(
          "inFlight", Concurrency.MOST,
          "clients", Concurrency.MOST,
          "entries", 1_000_000,
          "pageEntries", 100_000,
          "files", 1_000_000,
          "contenders", 1_000,
          "connections", 1_000,
          "depth", 100,
          "attributes", 100);

  /** What the clients do that are not measured, where there are any. */
  private static final String OTHERS = "others";

  private static final List<String> OTHERS_VALUES = List.of("writing", "silent");

  /** Parameters that take a file of the user's besides the values a benchmark declares. */
  private static final List<String> FILES_TOO = List.of("regions", "fault");

  /**
   * Values that rows do not name, since there were rows before there was the parameter: a benchmark
   * has to declare each as its only one, so that JMH adds it.
   */
  private static final Map<String, String> UNSAID =
      Map.of(
          ConnectionSetting.BACK_OFF.parameter(),
          ConnectionSettings.defaults().text(ConnectionSetting.BACK_OFF));

  /** A message of gRPC, with room for other fields below the limit of the embedded server. */
  private static final long MOST_MESSAGE_BYTES = 4 << 20;

  /** A call has a deadline. */
  private static final long MOST_TRANSFER_BYTES = 1 << 30;

  private static final Pattern MILLISECONDS = Pattern.compile("(\\d+(?:\\.\\d+)?)ms");
  private static final BigDecimal LONGEST_RTT_MILLIS = BigDecimal.valueOf(10_000);

  /**
   * By parameter: what gives the canonical form of a value, or throws an IllegalArgumentException
   * for one that is not accepted, with a message that names parameter, value and what is accepted.
   */
  private static final Map<String, UnaryOperator<String>> RULES = rules();

  private ParameterRules() {}

  private static Map<String, UnaryOperator<String>> rules() {
    Map<String, UnaryOperator<String>> rules = new HashMap<>();
    for (String size : List.of("size", "fileSize", "blockSize", "population")) {
      rules.put(size, value -> size(size, value));
    }
    rules.put("messageSize", value -> size("messageSize", value, 0, MOST_MESSAGE_BYTES));
    rules.put("frameSize", value -> size("frameSize", value, 1, MOST_MESSAGE_BYTES));
    rules.put("transferSize", value -> size("transferSize", value, 1, MOST_TRANSFER_BYTES));
    MOST.forEach((name, most) -> rules.put(name, value -> count(name, value, most)));
    rules.put(Cell.RTT_PARAMETER, value -> millis(rtt(value)));
    // Declared is what runs if nobody asks: cold, forced or without company needs a decision.
    rules.put(OTHERS, value -> declared(OTHERS, value, OTHERS_VALUES));
    rules.put(
        Cell.FSYNC_PARAMETER, value -> declared(Cell.FSYNC_PARAMETER, value, Cell.FSYNC_VALUES));
    rules.put(
        Cell.CACHE_PARAMETER, value -> declared(Cell.CACHE_PARAMETER, value, Cell.CACHE_VALUES));
    rules.put(
        Cell.RATE_PARAMETER,
        value -> named(Cell.RATE_PARAMETER, value, text -> RateChoice.parse(text).toString()));
    rules.put(
        Cell.ARRIVAL_PARAMETER,
        value -> named(Cell.ARRIVAL_PARAMETER, value, text -> ArrivalProcess.parse(text).label()));
    rules.put(
        Cell.DURATION_PARAMETER,
        value -> named(Cell.DURATION_PARAMETER, value, t -> ScheduleLength.parse(t).toString()));
    for (ConnectionSetting setting : ConnectionSetting.values()) {
      rules.put(
          setting.parameter(),
          value -> ConnectionSettings.defaults().with(setting, value).text(setting));
    }
    return Map.copyOf(rules);
  }

  /**
   * The one way to write a value.
   *
   * @throws ConfigurationException naming the parameter, the value and what is accepted
   */
  static String canonical(String name, String value, List<String> declared) {
    if (FILES_TOO.contains(name) && value.endsWith(".yaml")) {
      return file(name, value);
    }
    if (name.equals(Cell.RATE_PARAMETER) && declared.contains(value)) {
      return value; // a benchmark may declare a word for no rate at all
    }
    try {
      return RULES.getOrDefault(name, any -> declared(name, any, declared)).apply(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("-p " + e.getMessage());
    }
  }

  /** Whether a parameter and its canonical value are left out of what makes a row that row. */
  static boolean isUnsaid(Map.Entry<String, String> parameter) {
    return parameter.getValue().equals(UNSAID.get(parameter.getKey()));
  }

  private static String file(String name, String value) {
    Path file = Path.of(value).toAbsolutePath();
    if (!Files.isReadable(file)) {
      throw new ConfigurationException(
          "-p %s=%s: there is no such file that can be read".formatted(name, value));
    }
    return file.toString();
  }

  private static String declared(String name, String value, List<String> declared) {
    if (!declared.contains(value)) {
      throw refusal(name, value, String.join(", ", declared));
    }
    return value;
  }

  private static String size(String name, String value, long least, long most) {
    ByteSize size = parsed(name, value);
    if (size.bytes() < least || size.bytes() > most) {
      throw refusal(
          name, value, "from %s to %s".formatted(new ByteSize(least), new ByteSize(most)));
    }
    return size.toString();
  }

  private static String size(String name, String value) {
    ByteSize size = parsed(name, value);
    if (size.compareTo(Payload.LARGEST) > 0) {
      throw refusal(name, value, "up to " + Payload.LARGEST);
    }
    return size.toString();
  }

  private static ByteSize parsed(String name, String value) {
    try {
      return ByteSize.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + "=" + value + ": " + e.getMessage());
    }
  }

  /** As a parser writes it, whose message names value and what is accepted. */
  private static String named(String name, String value, UnaryOperator<String> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + "=" + value + ": " + e.getMessage());
    }
  }

  private static String count(String name, String value, int most) {
    int count;
    try {
      count = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      count = 0;
    }
    if (count < 1 || count > most) {
      throw refusal(name, value, "a whole number from 1 to " + most);
    }
    return Integer.toString(count);
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

  private static String millis(Duration time) {
    return BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
  }

  private static IllegalArgumentException refusal(String name, String value, String accepted) {
    return new IllegalArgumentException("%s=%s: accepted: %s".formatted(name, value, accepted));
  }
}
