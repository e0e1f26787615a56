package io.mooseng.bench.core.model;

import java.time.Duration;

/** How long operations are offered by a schedule: from 10 ms to 24 hours. */
public record ScheduleLength(Duration duration) {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  public ScheduleLength {
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw notALength(duration.toString());
    }
  }

  /**
   * Reads a length such as {@code 10s}.
   *
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  public static ScheduleLength parse(String text) {
    Duration duration;
    try {
      duration = TimeText.parse(text);
    } catch (IllegalArgumentException e) {
      throw notALength(text);
    }
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw notALength(text);
    }
    return new ScheduleLength(duration);
  }

  private static IllegalArgumentException notALength(String text) {
    return new IllegalArgumentException(
        "'%s' is no length of a schedule; accepted: from 10ms to 24h, such as 10s, 500ms or 2m"
            .formatted(text));
  }

  /** One form for one length, such as {@code 10s}; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return TimeText.format(duration);
  }
}
