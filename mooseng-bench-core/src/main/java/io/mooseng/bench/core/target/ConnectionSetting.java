package io.mooseng.bench.core.target;

/** One of the {@link ConnectionSettings}, as a benchmark parameter. */
public enum ConnectionSetting {
  CHANNELS("channels", "a whole number from 1 to " + ConnectionSettings.MOST_CHANNELS),
  STREAMS_PER_CHANNEL(
      "streamsPerChannel",
      "unlimited, or a whole number from 1 to " + ConnectionSettings.MOST_STREAMS),
  FLOW_CONTROL_WINDOW(
      "flowControlWindow",
      "auto, or a size from %s to %s"
          .formatted(ConnectionSettings.SMALLEST_WINDOW, ConnectionSettings.LARGEST_WINDOW)),
  DEADLINE("deadline", "a time from 1ms to 3600s, such as 500ms or 30s"),
  RETRIES("retries", "a whole number from 0 to " + ConnectionSettings.MOST_RETRIES),
  BACK_OFF("backOff", "a time from 1ms to 60s, such as 10ms or 1s"),
  WAIT_FOR_READY("waitForReady", "true, false");

  private final String parameter;
  private final String accepted;

  ConnectionSetting(String parameter, String accepted) {
    this.parameter = parameter;
    this.accepted = accepted;
  }

  /** The name of the benchmark parameter. */
  public String parameter() {
    return parameter;
  }

  /** What is wrong with a value, in one line: {@code channels=0: accepted: …}. */
  IllegalArgumentException refusal(Object value) {
    return new IllegalArgumentException(
        "%s=%s: accepted: %s".formatted(parameter, value, accepted));
  }
}
