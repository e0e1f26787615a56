package io.mooseng.bench.core.config;

import io.mooseng.bench.core.model.ArrivalProcess;
import io.mooseng.bench.core.model.LatencyObjective;
import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.model.ScheduleLength;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How operations are offered, as far as the user decided; the rest is decided by benchmarks.
 *
 * @param rate operations per second of a fork
 * @param objective of a search of the highest rate; not together with {@code rate}
 */
public record LoadSettings(
    Optional<Rate> rate,
    Optional<LatencyObjective> objective,
    Optional<ArrivalProcess> arrival,
    Optional<ScheduleLength> length) {

  /** Everything is decided by benchmarks. */
  public static final LoadSettings NONE =
      new LoadSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

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
        value(last, SettingKey.DURATION, ScheduleLength::parse));
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
    return map;
  }
}
