package io.mooseng.bench.core.config;

import io.mooseng.bench.core.model.ArrivalProcess;
import io.mooseng.bench.core.model.LatencyObjective;
import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.model.ScheduleLength;
import io.mooseng.bench.core.model.TimeText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How operations are offered and for how long, as far as the user decided; the rest is decided by
 * benchmarks.
 *
 * @param rate operations per second of a fork
 * @param objective of a search of the highest rate; not together with {@code rate}
 * @param length of a schedule
 * @param soak for how long all rows together are sampled
 */
public record LoadSettings(
    Optional<Rate> rate,
    Optional<LatencyObjective> objective,
    Optional<ArrivalProcess> arrival,
    Optional<ScheduleLength> length,
    Optional<Duration> soak) {

  /** Everything is decided by benchmarks. */
  public static final LoadSettings NONE =
      new LoadSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Duration SHORTEST_SOAK = Duration.ofSeconds(10);
  private static final Duration LONGEST_SOAK = Duration.ofDays(30);

  public LoadSettings {
    if (rate.isPresent() && objective.isPresent()) {
      throw new ConfigurationException(
          "%s %s with %s %s: accepted: one of them"
              .formatted(
                  SettingKey.RATE.option(),
                  rate.get(),
                  SettingKey.FIND_MAX_RATE.option(),
                  objective.get()));
    }
    if (soak.isPresent() && objective.isPresent()) {
      throw new ConfigurationException(
          "%s %s with %s %s: a search is no load to watch; leave one of them out"
              .formatted(
                  SettingKey.SOAK.option(),
                  TimeText.format(soak.get()),
                  SettingKey.FIND_MAX_RATE.option(),
                  objective.get()));
    }
  }

  /**
   * @param last what the user gave for a key, if anything
   * @throws ConfigurationException naming option, value and what is accepted
   */
  static LoadSettings parse(Function<SettingKey, Optional<String>> last) {
    return new LoadSettings(
        value(last, SettingKey.RATE, Rate::parse),
        value(last, SettingKey.FIND_MAX_RATE, LatencyObjective::parse),
        value(last, SettingKey.ARRIVAL, ArrivalProcess::parse),
        value(last, SettingKey.DURATION, ScheduleLength::parse),
        last.apply(SettingKey.SOAK).map(LoadSettings::soak));
  }

  private static Duration soak(String text) {
    try {
      Duration time = TimeText.parse(text);
      if (time.compareTo(SHORTEST_SOAK) >= 0 && time.compareTo(LONGEST_SOAK) <= 0) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as what is out of range.
    }
    throw new ConfigurationException(
        SettingKey.SOAK.option() + " " + text + ": accepted: from 10s to 720h, such as 1h");
  }

  private static <T> Optional<T> value(
      Function<SettingKey, Optional<String>> last, SettingKey key, Function<String, T> parser) {
    return last.apply(key)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (IllegalArgumentException e) {
                throw new ConfigurationException(key.option() + " " + e.getMessage());
              }
            });
  }

  /** By key, as they are stored with the results; those left to benchmarks are null. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(SettingKey.RATE.key(), rate.map(Rate::toString).orElse(null));
    map.put(SettingKey.FIND_MAX_RATE.key(), objective.map(LatencyObjective::toString).orElse(null));
    map.put(SettingKey.ARRIVAL.key(), arrival.map(ArrivalProcess::label).orElse(null));
    map.put(SettingKey.DURATION.key(), length.map(ScheduleLength::toString).orElse(null));
    soak.ifPresent(time -> map.put(SettingKey.SOAK.key(), TimeText.format(time)));
    return map;
  }
}
