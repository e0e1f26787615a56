package io.mooseng.bench.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  @TempDir private Path directory;

  private Map<SettingKey, List<String>> read(String text) throws IOException {
    return SettingsFile.read(Files.writeString(directory.resolve("f.yaml"), text));
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--config " + directory.resolve("f.yaml") + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n"})
  void anEmptyFileSaysNothing(String text) throws IOException {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void valuesAreTakenAsTheyAreWritten() throws IOException {
    assertThat(read("seed: 12\nprofile: smoke\nfsync: true\nstore: '07'\n"))
        .isEqualTo(
            Map.of(
                SettingKey.SEED, List.of("12"),
                SettingKey.PROFILE, List.of("smoke"),
                SettingKey.FSYNC, List.of("true"),
                SettingKey.STORE, List.of("07")));
  }

  @Test
  void onlyARepeatableKeyTakesAList() throws IOException {
    assertThat(read("target: [memory:/, embedded]"))
        .isEqualTo(Map.of(SettingKey.TARGET, List.of("memory:/", "embedded")));
    assertThat(read("target: embedded")).isEqualTo(Map.of(SettingKey.TARGET, List.of("embedded")));
    assertRefused("seed: [1, 2]", "key 'seed': accepted: one value");
  }

  @ParameterizedTest
  @CsvSource({
    "'seed:', 'key ''seed'': accepted: a value'",
    "'seed: {a: 1}', 'key ''seed'': accepted: a value'",
    "'target: []', 'key ''target'': accepted: one value or a list of values'",
    "'target: [[a]]', 'key ''target'': accepted: one value or a list of values'",
    "'target: [a, ~]', 'key ''target'': accepted: one value or a list of values'",
    "'- seed', 'accepted: a mapping of settings'",
    "'seed', 'accepted: a mapping of settings'"
  })
  void refusesTheWrongType(String text, String message) {
    assertRefused(text, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sed", "Seed", "SEED", "--seed", "config"})
  void refusesUnknownKeys(String key) {
    assertRefused(
        key + ": 1",
        "unknown key '"
            + key
            + "'; accepted: target, provider-jar, mode, profile, store, fsync, server, drop-caches,"
            + " keep, workloads, record-traces, trace, rate, find-max-rate, arrival, duration,"
            + " soak, network, backend, seed, out, tls-ca, tls-cert, tls-key, anatomy, ceiling-time,"
            + " precision, warmup-until-steady, metrics-port, metrics-file, start-at, no-progress,"
            + " debug");
  }

  @Test
  void aKeyTwiceIsAMistake() {
    assertThatThrownBy(() -> read("seed: 1\nseed: 2\n"))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains("seed")
        .containsIgnoringCase("duplicate")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed: 1\n---\nseed: 2\n", "seed: 1\n---\n", "---\n---\nseed: 1\n"})
  void aSecondDocumentIsNotIgnored(String text) {
    assertRefused(text, "accepted: one YAML document");
  }

  @Test
  void brokenYamlIsSaidInOneLine() {
    assertThatThrownBy(() -> read("target: [a\nseed: 1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--config " + directory.resolve("f.yaml") + ": line 2: not YAML: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("missing.yaml");
    assertThatThrownBy(() -> SettingsFile.read(missing))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--config " + missing + ": there is no such file");
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThatThrownBy(() -> SettingsFile.read(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--config " + directory + ": cannot be read: ");
  }

  @Test
  void everyKeyIsFoundByItsName() {
    for (SettingKey key : SettingKey.values()) {
      assertThat(SettingKey.ofKey(key.key())).contains(key);
      assertThat(key.option()).isEqualTo("--" + key.key());
      assertThat(key.description()).isNotBlank();
    }
  }
}
