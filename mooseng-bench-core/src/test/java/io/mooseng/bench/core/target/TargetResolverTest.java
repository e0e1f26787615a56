package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.OperationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TargetResolverTest {

  private static final TargetOptions OPTIONS =
      new TargetOptions(
          TlsFiles.NONE,
          ConnectionSettings.defaults().withDeadline(Duration.ofSeconds(2)),
          10,
          false);

  private final List<String> announcements = new ArrayList<>();
  private int embeddedChecks;

  private static RunSettings settings(String mode, String... targets) {
    Map<SettingKey, List<String>> given = new EnumMap<>(SettingKey.class);
    if (mode != null) {
      given.put(SettingKey.MODE, List.of(mode));
    }
    if (targets.length > 0) {
      given.put(SettingKey.TARGET, List.of(targets));
    }
    return RunSettings.parse(given);
  }

  private List<ResolvedTarget> resolve(boolean embeddedRuns, RunSettings settings) {
    TargetResolver.EmbeddedCheck check =
        () -> {
          embeddedChecks++;
          if (!embeddedRuns) {
            throw OperationException.light(FailureKind.UNAVAILABLE, "no room for a server");
          }
        };
    return new TargetResolver(settings, OPTIONS, check, announcements::add).resolve();
  }

  /** A port nobody listens on: it was free a moment ago. */
  private static String unreachable() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "mooseng://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static ResolvedTarget target(String label, Fidelity fidelity, String uri) {
    return new ResolvedTarget(label, fidelity, Optional.ofNullable(uri), Optional.empty());
  }

  @Test
  void withoutTargetsItIsTheEmbeddedServer() {
    assertThat(resolve(true, settings(null)))
        .containsExactly(target("embedded", Fidelity.EMBEDDED, null));
    assertThat(announcements).isEmpty();
  }

  @Test
  void namedTargetsAreLabelledInTheirOrder(@TempDir Path directory) {
    String file = directory.toUri().toString();
    assertThat(resolve(true, settings("live", "memory:/", "embedded", file)))
        .containsExactly(
            target("t1", Fidelity.CONTROL, "memory:/"),
            target("embedded", Fidelity.EMBEDDED, null),
            target("t3", Fidelity.LIVE, file));
    assertThat(announcements).isEmpty();
  }

  @Test
  void aSchemeInCapitalsIsTheSameScheme() {
    assertThat(resolve(true, settings(null, "MEMORY:/")))
        .containsExactly(target("t1", Fidelity.CONTROL, "MEMORY:/"));
    assertThat(target("t1", Fidelity.LIVE, "MooseNG://host").hasSockets()).isTrue();
    assertThat(target("t1", Fidelity.LIVE, "FILE:///dir").hasScheme("file")).isTrue();
    assertThat(target("t1", Fidelity.LIVE, "files:///dir").hasScheme("file")).isFalse();
  }

  @Test
  void liveNeverFallsBack() throws IOException {
    String uri = unreachable();
    assertThatThrownBy(() -> resolve(true, settings("live", "memory:/", uri)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("--target " + uri + ": connection refused: nothing listens there");
    assertThat(announcements).isEmpty();
    assertThat(embeddedChecks).isZero();
  }

  @Test
  void aTargetThatNamesNothingUsableIsAMistakeOfTheUser(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> resolve(true, settings("live", file.toUri().toString())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--target %s: not a directory: %s".formatted(file.toUri(), file));
  }

  @Test
  void aDirectoryThatIsNotThereIsUnavailable(@TempDir Path directory) {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> resolve(true, settings("live", missing.toUri().toString())))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("--target %s: no such file: %s".formatted(missing.toUri(), missing));
  }

  @Test
  void embeddedModeIsThatAndNothingElse() {
    assertThat(resolve(false, settings("embedded")))
        .containsExactly(target("embedded", Fidelity.EMBEDDED, null));
    assertThat(announcements).isEmpty();
  }

  @Test
  void simulatedModeContactsNobody() throws IOException {
    assertThat(resolve(false, settings("simulated", unreachable(), "memory:/")))
        .containsExactly(target("simulated", Fidelity.SIMULATED, null));
    assertThat(announcements).isEmpty();
    assertThat(embeddedChecks).isZero();
  }

  @Test
  void autoTakesWhatIsThere(@TempDir Path directory) {
    String file = directory.toUri().toString();
    assertThat(resolve(false, settings("auto", file)))
        .containsExactly(target("t1", Fidelity.LIVE, file));
    assertThat(resolve(true, settings("auto")))
        .containsExactly(target("embedded", Fidelity.EMBEDDED, null));
    assertThat(announcements).isEmpty();
  }

  @Test
  void autoFallsBackToTheEmbeddedServer() throws IOException {
    String uri = unreachable();
    List<ResolvedTarget> targets = resolve(true, settings("auto", "memory:/", uri));
    assertThat(targets.get(0)).isEqualTo(target("t1", Fidelity.CONTROL, "memory:/"));
    ResolvedTarget fallback = targets.get(1);
    assertThat(fallback.label()).isEqualTo("t2");
    assertThat(fallback.fidelity()).isEqualTo(Fidelity.EMBEDDED);
    assertThat(fallback.uri()).isEmpty();
    String reason = fallback.fallbackReason().orElseThrow();
    assertThat(announcements)
        .containsExactly(
            "FALLING BACK: target t2 (%s) is not available: %s. Its rows will be EMBEDDED."
                .formatted(uri, "connection refused: nothing listens there"));
    assertThat(reason)
        .as("stands in the results alone")
        .isEqualTo(uri + ": connection refused: nothing listens there");
  }

  @Test
  void autoFallsBackToTheModelLast() throws IOException {
    String uri = unreachable();
    ResolvedTarget fallback = resolve(false, settings("auto", uri)).get(0);
    assertThat(fallback.label()).isEqualTo("t1");
    assertThat(fallback.fidelity()).isEqualTo(Fidelity.SIMULATED);
    assertThat(fallback.fallbackReason().orElseThrow()).endsWith("; no room for a server");
    assertThat(announcements).hasSize(2);
    assertThat(announcements.get(0)).endsWith("Its rows will be EMBEDDED.");
    assertThat(announcements.get(1))
        .contains("no room for a server")
        .endsWith("Its rows will be SIMULATED.");
  }

  @Test
  void autoWithoutTargetsFallsBackToTheModel() {
    assertThat(resolve(false, settings("auto")))
        .containsExactly(
            new ResolvedTarget(
                "embedded",
                Fidelity.SIMULATED,
                Optional.empty(),
                Optional.of("no room for a server")));
    assertThat(announcements)
        .containsExactly(
            "FALLING BACK: target embedded (embedded) is not available: no room for a server."
                + " Its rows will be SIMULATED.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "auto", "simulated"})
  void noModeAcceptsAUriOfNobody(String mode) {
    for (String uri : List.of("ftp://host/", "host:80", "a b", "mooseng")) {
      assertThatThrownBy(() -> TargetResolver.asked(settings(mode, uri)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("--target " + uri + ": accepted: embedded, ")
          .message()
          .contains("mooseng://", "file:", "memory:");
    }
  }

  @Test
  void oneTargetTwiceWouldMakeOneRowTwice() {
    assertThatThrownBy(
            () -> TargetResolver.asked(settings("live", "memory:/", "embedded", "embedded")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--target embedded: given twice");
  }

  @Test
  void theSameSystemMayBeAskedTwiceUnderTwoLabels() {
    assertThat(TargetResolver.asked(settings("live", "memory:/", "memory:/")))
        .extracting(ResolvedTarget::label)
        .containsExactly("t1", "t2");
  }
}
