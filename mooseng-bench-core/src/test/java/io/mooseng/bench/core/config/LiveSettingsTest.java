package io.mooseng.bench.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSettingsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, 127.0.0.1, 0",
    "9400, 127.0.0.1, 9400",
    "0.0.0.0:9400, 0.0.0.0, 9400",
    "[::1]:9400, ::1, 9400"
  })
  void aPortIsOfThisMachineUnlessAHostIsNamed(String text, String host, int port) {
    assertThat(parse(SettingKey.METRICS_PORT, text).metricsAddress())
        .hasValue(new MetricsAddress(host, port));
  }

  @ParameterizedTest
  @CsvSource({"x", "-1", "65536", ":80", "host:", "host"})
  void otherPortsAreRefused(String text) {
    assertThatThrownBy(() -> parse(SettingKey.METRICS_PORT, text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--metrics-port " + text + ": accepted: PORT (0 to 65535) or HOST:PORT");
  }

  @Test
  void aFileNeedsItsDirectoryAndTheEndingThatCollectorsRead() {
    Path file = directory.resolve("a.prom");
    assertThat(parse(SettingKey.METRICS_FILE, file.toString()).metricsFile()).hasValue(file);
    for (String text : List.of(directory.resolve("a.txt").toString(), directory + "/no/a.prom")) {
      assertThatThrownBy(() -> parse(SettingKey.METRICS_FILE, text))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("--metrics-file " + text)
          .hasMessageContaining(".prom");
    }
  }

  @Test
  void aStartIsAnInstant() {
    assertThat(parse(SettingKey.START_AT, "2026-03-01T10:20:30Z").startAt())
        .hasValue(Instant.parse("2026-03-01T10:20:30Z"));
    assertThatThrownBy(() -> parse(SettingKey.START_AT, "noon"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--start-at noon: accepted: an instant such as 2026-03-01T10:20:30Z");
  }

  private static LiveSettings parse(SettingKey key, String value) {
    return RunSettings.parse(Map.of(key, List.of(value))).live();
  }
}
