package io.mooseng.bench.core.target;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.TimeText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a client connects and calls, where its target has connections; a driver without sockets
 * ignores all of it.
 *
 * @param channels connections to each server, 1 to {@value #MOST_CHANNELS}
 * @param streamsPerChannel most calls at once on a connection, 1 to {@value #MOST_STREAMS}; beyond
 *     it they wait in the client, which is recorded as the stage QUEUE; empty: no limit of ours
 * @param flowControlWindow bytes a server may send ahead, per call and per connection, 64 KiB to 1
 *     GiB; empty: gRPC's own estimate of the bandwidth-delay product
 * @param deadline of every call, 1 ms to 1 h, from when it is made (not while it waits for a
 *     connection that may take it) to its last byte
 * @param retries most times that one call is made again, 0 to {@value #MOST_RETRIES}; only after
 *     UNAVAILABLE, and only of calls that change nothing
 * @param backOff from the failure of a call until it is made again for the first time, 1 ms to 60
 *     s; it doubles with each further time, up to 1 s or what it began with, and is spread by a
 *     fifth
 * @param waitForReady whether a call waits for a broken connection to come back, until its
 *     deadline, instead of failing at once
 */
public record ConnectionSettings(
    int channels,
    OptionalInt streamsPerChannel,
    Optional<ByteSize> flowControlWindow,
    Duration deadline,
    int retries,
    Duration backOff,
    boolean waitForReady) {

  static final int MOST_CHANNELS = 10_000;
  static final int MOST_STREAMS = 100_000;
  static final int MOST_RETRIES = 100;

  /** That of HTTP/2, 65,535 B, rounded up (RFC 9113, section 6.9.2). */
  static final ByteSize SMALLEST_WINDOW = ByteSize.parse("64KB");

  static final ByteSize LARGEST_WINDOW = ByteSize.parse("1GB");

  private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(1);
  private static final Duration LONGEST_DEADLINE = Duration.ofHours(1);
  private static final Duration SHORTEST_BACK_OFF = Duration.ofMillis(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);
  private static final String UNLIMITED = "unlimited";
  private static final String AUTO = "auto";
  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s)");

  /**
   * The window is enough for 100 MB/s at an RTT of 80 ms. Calls to a healthy file system end well
   * within the deadline, 100 MB at 10 MB/s included.
   */
  private static final ConnectionSettings DEFAULTS =
      new ConnectionSettings(
          1,
          OptionalInt.empty(),
          Optional.of(ByteSize.parse("8MB")),
          Duration.ofSeconds(30),
          0,
          Duration.ofMillis(10),
          false);

  public ConnectionSettings {
    require(ConnectionSetting.CHANNELS, channels, channels >= 1 && channels <= MOST_CHANNELS);
    streamsPerChannel.ifPresent(
        most ->
            require(
                ConnectionSetting.STREAMS_PER_CHANNEL, most, most >= 1 && most <= MOST_STREAMS));
    flowControlWindow.ifPresent(
        window ->
            require(
                ConnectionSetting.FLOW_CONTROL_WINDOW,
                window,
                window.compareTo(SMALLEST_WINDOW) >= 0 && window.compareTo(LARGEST_WINDOW) <= 0));
    require(
        ConnectionSetting.DEADLINE,
        deadline,
        deadline.compareTo(SHORTEST_DEADLINE) >= 0 && deadline.compareTo(LONGEST_DEADLINE) <= 0);
    require(ConnectionSetting.RETRIES, retries, retries >= 0 && retries <= MOST_RETRIES);
    require(
        ConnectionSetting.BACK_OFF,
        backOff,
        backOff.compareTo(SHORTEST_BACK_OFF) >= 0 && backOff.compareTo(LONGEST_BACK_OFF) <= 0);
  }

  private static void require(ConnectionSetting setting, Object value, boolean accepted) {
    if (!accepted) {
      throw setting.refusal(value);
    }
  }

  /**
   * One connection, no limit on its calls, a window of 8 MiB, 30 s for a call, no retries, which
   * would begin after 10 ms.
   */
  public static ConnectionSettings defaults() {
    return DEFAULTS;
  }

  public ConnectionSettings withChannels(int value) {
    return new ConnectionSettings(
        value, streamsPerChannel, flowControlWindow, deadline, retries, backOff, waitForReady);
  }

  public ConnectionSettings withStreamsPerChannel(OptionalInt value) {
    return new ConnectionSettings(
        channels, value, flowControlWindow, deadline, retries, backOff, waitForReady);
  }

  public ConnectionSettings withFlowControlWindow(Optional<ByteSize> value) {
    return new ConnectionSettings(
        channels, streamsPerChannel, value, deadline, retries, backOff, waitForReady);
  }

  public ConnectionSettings withDeadline(Duration value) {
    return new ConnectionSettings(
        channels, streamsPerChannel, flowControlWindow, value, retries, backOff, waitForReady);
  }

  public ConnectionSettings withRetries(int value) {
    return new ConnectionSettings(
        channels, streamsPerChannel, flowControlWindow, deadline, value, backOff, waitForReady);
  }

  public ConnectionSettings withBackOff(Duration value) {
    return new ConnectionSettings(
        channels, streamsPerChannel, flowControlWindow, deadline, retries, value, waitForReady);
  }

  public ConnectionSettings withWaitForReady(boolean value) {
    return new ConnectionSettings(
        channels, streamsPerChannel, flowControlWindow, deadline, retries, backOff, value);
  }

  /** Those that are not as {@link #defaults} has them, each as {@code name=value}. */
  public List<String> chosen() {
    return Arrays.stream(ConnectionSetting.values())
        .filter(setting -> !text(setting).equals(DEFAULTS.text(setting)))
        .map(setting -> setting.parameter() + "=" + text(setting))
        .toList();
  }

  /** The value of one of them, in the one way to write it as a parameter. */
  public String text(ConnectionSetting setting) {
    return switch (setting) {
      case CHANNELS -> Integer.toString(channels);
      case STREAMS_PER_CHANNEL ->
          streamsPerChannel.isPresent()
              ? Integer.toString(streamsPerChannel.getAsInt())
              : UNLIMITED;
      case FLOW_CONTROL_WINDOW -> flowControlWindow.map(ByteSize::toString).orElse(AUTO);
      case DEADLINE ->
          deadline.toMillisPart() == 0 ? deadline.toSeconds() + "s" : deadline.toMillis() + "ms";
      case RETRIES -> Integer.toString(retries);
      case BACK_OFF -> TimeText.format(backOff);
      case WAIT_FOR_READY -> Boolean.toString(waitForReady);
    };
  }

  /**
   * These settings, with one of them replaced by what its parameter says.
   *
   * @throws IllegalArgumentException naming the parameter, the value and what is accepted
   */
  public ConnectionSettings with(ConnectionSetting setting, String text) {
    try {
      return switch (setting) {
        case CHANNELS -> withChannels(Integer.parseInt(text));
        case STREAMS_PER_CHANNEL ->
            withStreamsPerChannel(
                text.equals(UNLIMITED)
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(text)));
        case FLOW_CONTROL_WINDOW ->
            withFlowControlWindow(
                text.equals(AUTO) ? Optional.empty() : Optional.of(ByteSize.parse(text)));
        case DEADLINE -> withDeadline(time(text));
        case RETRIES -> withRetries(Integer.parseInt(text));
        case BACK_OFF -> withBackOff(TimeText.parse(text));
        case WAIT_FOR_READY -> withWaitForReady(truth(text));
      };
    } catch (IllegalArgumentException e) {
      throw setting.refusal(text);
    }
  }

  private static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    Duration unit = matcher.group(2).equals("s") ? Duration.ofSeconds(1) : Duration.ofMillis(1);
    return Duration.ofNanos(
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(unit.toNanos()))
            .longValueExact());
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException();
    }
    return text.equals("true");
  }
}
