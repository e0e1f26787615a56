package io.mooseng.bench.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.ArrivalProcess;
import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.model.ScheduleLength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunSettingsTest {

  @TempDir private Path directory;

  private static Map<SettingKey, List<String>> given(SettingKey key, String... values) {
    Map<SettingKey, List<String>> given = new EnumMap<>(SettingKey.class);
    given.put(key, List.of(values));
    return given;
  }

  private Map<SettingKey, List<String>> file(String... lines) throws IOException {
    Path file = directory.resolve("bench.yaml");
    Files.write(file, List.of(lines));
    return given(SettingKey.CONFIG, file.toString());
  }

  private static void assertRefused(Map<SettingKey, List<String>> given, String message) {
    assertThatThrownBy(() -> RunSettings.parse(given))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  @Test
  void everythingHasADefault() {
    RunSettings settings = RunSettings.parse(Map.of());
    assertThat(settings)
        .isEqualTo(
            new RunSettings(
                List.of(),
                List.of(),
                TargetMode.EMBEDDED,
                Optional.empty(),
                Optional.empty(),
                false,
                ServerPlace.PROCESS,
                new DataSettings(false, false),
                WorkloadSettings.NONE,
                LoadSettings.NONE,
                LinkSettings.NONE,
                LiveSettings.NONE,
                1,
                Path.of("bench-results"),
                TlsFiles.NONE,
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                false,
                false));
  }

  @Test
  void aFileMaySayEverything() throws IOException {
    for (String pem : List.of("ca.pem", "cert.pem", "key.pem")) {
      Files.writeString(directory.resolve(pem), "");
    }
    RunSettings settings =
        RunSettings.parse(
            file(
                "target: ['memory:/', embedded]",
                "mode: auto",
                "profile: smoke",
                "store: memory",
                "fsync: true",
                "server: in-process",
                "provider-jar: [a.jar, b.jar]",
                "drop-caches: true",
                "keep: true",
                "workloads: own.yaml",
                "record-traces: true",
                "trace: t.jsonl",
                "rate: 0.5/s",
                "arrival: poisson",
                "duration: 2m",
                "soak: 2h",
                "seed: -42",
                "out: elsewhere",
                "tls-ca: " + directory.resolve("ca.pem"),
                "tls-cert: " + directory.resolve("cert.pem"),
                "tls-key: " + directory.resolve("key.pem"),
                "no-progress: true",
                "ceiling-time: 500ms",
                "precision: 2%",
                "warmup-until-steady: true",
                "network: lan",
                "backend: relay",
                "metrics-port: 9400",
                "metrics-file: " + directory.resolve("a.prom"),
                "start-at: '2026-03-01T10:20:30Z'",
                "debug: true",
                "anatomy: true"));
    assertThat(settings)
        .isEqualTo(
            new RunSettings(
                List.of("memory:/", "embedded"),
                List.of(Path.of("a.jar"), Path.of("b.jar")),
                TargetMode.AUTO,
                Optional.of("smoke"),
                Optional.of("memory"),
                true,
                ServerPlace.IN_PROCESS,
                new DataSettings(true, true),
                new WorkloadSettings(
                    Optional.of(Path.of("own.yaml")), true, Optional.of(Path.of("t.jsonl"))),
                new LoadSettings(
                    Optional.of(Rate.parse("0.5")),
                    Optional.empty(),
                    Optional.of(ArrivalProcess.POISSON),
                    Optional.of(ScheduleLength.parse("120s")),
                    Optional.of(Duration.ofHours(2))),
                new LinkSettings(Optional.of("lan"), Optional.of("relay")),
                new LiveSettings(
                    Optional.of(new MetricsAddress("127.0.0.1", 9400)),
                    Optional.of(directory.resolve("a.prom")),
                    Optional.of(Instant.parse("2026-03-01T10:20:30Z"))),
                -42,
                Path.of("elsewhere"),
                new TlsFiles(
                    Optional.of(directory.resolve("ca.pem")),
                    Optional.of(directory.resolve("cert.pem")),
                    Optional.of(directory.resolve("key.pem"))),
                Optional.of(Duration.ofMillis(500)),
                Optional.of(0.02),
                true,
                false,
                true,
                true));
  }

  @Test
  void optionsWinOverTheFile() throws IOException {
    Map<SettingKey, List<String>> given =
        file("seed: 5", "target: 'memory:/'", "profile: full", "fsync: true");
    given.put(SettingKey.SEED, List.of("6", "7"));
    given.put(SettingKey.TARGET, List.of("embedded"));
    given.put(SettingKey.FSYNC, List.of("false"));
    RunSettings settings = RunSettings.parse(given);
    assertThat(settings.seed()).as("the last one given").isEqualTo(7);
    assertThat(settings.targets()).containsExactly("embedded");
    assertThat(settings.fsync()).isFalse();
    assertThat(settings.profile()).as("not given as an option").contains("full");
  }

  @ParameterizedTest
  @CsvSource({
    "--mode, production, '--mode production: accepted: live, embedded, simulated, auto'",
    "--mode, LIVE, '--mode LIVE: accepted: live, embedded, simulated, auto'",
    "--mode, live, '--mode live needs a --target, such as mooseng://HOST:PORT or file:///DIR'",
    "--soak, 5s, '--soak 5s: accepted: from 10s to 720h, such as 1h'",
    "--soak, 721h, '--soak 721h: accepted: from 10s to 720h, such as 1h'",
    "--soak, forever, '--soak forever: accepted: from 10s to 720h, such as 1h'",
    "--seed, one, '--seed one: accepted: a whole number'",
    "--seed, 1.5, '--seed 1.5: accepted: a whole number'",
    "--fsync, yes, '--fsync yes: accepted: true or false'",
    "--server, here, '--server here: accepted: process, in-process'",
    "--keep, please, '--keep please: accepted: true or false'",
    "--rate, 0, '--rate ''0'' is not a rate; accepted: operations per second above 0, up to"
        + " 1000000, with up to three decimals, such as 2000 or 0.5/s'",
    "--rate, 1e9, '--rate ''1e9'' is not a rate; accepted: operations per second above 0, up to"
        + " 1000000, with up to three decimals, such as 2000 or 0.5/s'",
    "--duration, 0s, '--duration ''0s'' is no length of a schedule; accepted: from 10ms to 24h,"
        + " such as 10s, 500ms or 2m'",
    "--arrival, uniform, '--arrival ''uniform'' is no arrival process; accepted: constant,"
        + " poisson'",
    "--find-max-rate, p99, '--find-max-rate ''p99'' is no latency objective; accepted: a percentile"
        + " from p50 to p99.99 and a limit up to 1h, such as p99<20ms'",
    "--debug, 1, '--debug 1: accepted: true or false'",
    "--tls-ca, /none/ca.pem, '--tls-ca /none/ca.pem: not a readable file'",
    "--tls-key, /none/k, '--tls-cert and --tls-key belong together: give both or neither'",
    "--tls-cert, /none/c, '--tls-cert and --tls-key belong together: give both or neither'"
  })
  void refusesBadValues(String option, String value, String message) {
    SettingKey key = SettingKey.ofKey(option.substring(2)).orElseThrow();
    assertRefused(given(key, value), message);
  }

  @ParameterizedTest
  @EnumSource(SettingKey.class)
  void refusesAnEmptyValueOfEveryOption(SettingKey key) {
    for (String empty : List.of("", " ")) {
      assertRefused(
          given(key, empty),
          key.valueLabel()
              .map(label -> key.option() + " needs a value: " + label)
              .orElse(key.option() + " " + empty + ": accepted: true or false"));
    }
  }

  @Test
  void refusesAnEmptyValueInAFile() throws IOException {
    assertRefused(file("store: ''"), "--store needs a value: DIR|memory");
  }

  @Test
  void aRateIsGivenOrSearched() {
    Map<SettingKey, List<String>> given = given(SettingKey.RATE, "2000");
    given.put(SettingKey.FIND_MAX_RATE, List.of("p99 < 20ms"));
    assertRefused(given, "--rate 2000/s with --find-max-rate p99<20ms: accepted: one of them");
  }

  @Test
  void theLoadIsStoredWithTheResults() {
    Map<SettingKey, List<String>> given = given(SettingKey.RATE, "2000");
    given.put(SettingKey.DURATION, List.of("2m"));
    assertThat(RunSettings.parse(given).toMap())
        .containsEntry("rate", "2000/s")
        .containsEntry("duration", "120s")
        .containsEntry("arrival", null)
        .containsEntry("find-max-rate", null);
  }

  @Test
  void embeddedModeTakesNoOtherTarget() {
    Map<SettingKey, List<String>> given = given(SettingKey.MODE, "embedded");
    given.put(SettingKey.TARGET, List.of("embedded", "memory:/"));
    assertRefused(
        given, "--mode embedded takes no --target but 'embedded', not embedded, memory:/");
  }

  @Test
  void theModeFollowsTheTargets() {
    assertThat(RunSettings.parse(given(SettingKey.TARGET, "embedded")).mode())
        .isEqualTo(TargetMode.EMBEDDED);
    assertThat(RunSettings.parse(given(SettingKey.TARGET, "embedded", "memory:/")).mode())
        .isEqualTo(TargetMode.LIVE);
  }

  @Test
  void aClientCertificateNeedsSomeoneToTrust() throws IOException {
    Path pem = Files.writeString(directory.resolve("any.pem"), "");
    Map<SettingKey, List<String>> given = given(SettingKey.TLS_CERT, pem.toString());
    given.put(SettingKey.TLS_KEY, List.of(pem.toString()));
    assertRefused(given, "--tls-cert needs --tls-ca: whom to trust at the other end");
  }

  @Test
  void tlsIsEnabledByACertificateAuthority() throws IOException {
    Path pem = Files.writeString(directory.resolve("ca.pem"), "");
    assertThat(RunSettings.parse(given(SettingKey.TLS_CA, pem.toString())).tls().enabled())
        .isTrue();
    assertThat(TlsFiles.NONE.enabled()).isFalse();
  }

  @Test
  void aDirectoryIsNoCertificate() {
    assertRefused(
        given(SettingKey.TLS_CA, directory.toString()),
        "--tls-ca " + directory + ": not a readable file");
  }

  @Test
  void whatIsStoredWithTheResultsNamesEveryChoice() {
    Map<String, Object> stored = RunSettings.parse(given(SettingKey.SEED, "9")).toMap();
    assertThat(stored)
        .containsEntry("seed", 9L)
        .containsEntry("mode", "embedded")
        .containsEntry("store", "temporary directory")
        .containsEntry("tls", false)
        .containsEntry("anatomy", false);
  }
}
