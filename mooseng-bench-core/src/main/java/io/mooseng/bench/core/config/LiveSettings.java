package io.mooseng.bench.core.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a run works together with the world while it goes on.
 *
 * @param metricsAddress where metrics are exposed, if they are
 * @param metricsFile where metrics are written for a collector, if they are
 * @param startAt when the first fork is started, together with other load machines
 */
public record LiveSettings(
    Optional<MetricsAddress> metricsAddress,
    Optional<Path> metricsFile,
    Optional<Instant> startAt) {

  /** Nothing is exposed, nothing is waited for. */
  public static final LiveSettings NONE =
      new LiveSettings(Optional.empty(), Optional.empty(), Optional.empty());

  /** What a collector of Prometheus's node exporter reads. */
  private static final String SUFFIX = ".prom";

  /**
   * @param last what the user gave for a key, if anything
   * @throws ConfigurationException naming option, value and what is accepted
   */
  static LiveSettings parse(Function<SettingKey, Optional<String>> last) {
    return new LiveSettings(
        last.apply(SettingKey.METRICS_PORT).map(MetricsAddress::parse),
        last.apply(SettingKey.METRICS_FILE).map(LiveSettings::file),
        last.apply(SettingKey.START_AT).map(LiveSettings::instant));
  }

  private static Path file(String text) {
    Path file = Path.of(text);
    Path parent = file.toAbsolutePath().getParent();
    if (!text.endsWith(SUFFIX) || parent == null || !Files.isDirectory(parent)) {
      throw new ConfigurationException(
          "%s %s: accepted: a file that ends in %s, in a directory that exists"
              .formatted(SettingKey.METRICS_FILE.option(), text, SUFFIX));
    }
    return file;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ConfigurationException(
          "%s %s: accepted: an instant such as 2026-03-01T10:20:30Z"
              .formatted(SettingKey.START_AT.option(), text));
    }
  }

  /** By key, as they are stored with the results. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(SettingKey.START_AT.key(), startAt.map(Instant::toString).orElse(null));
    return map;
  }
}
