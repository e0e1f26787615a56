package io.mooseng.bench.core.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

  @TempDir Path directory;

  private static final JvmSettings JVM = new JvmSettings(List.of("-Xmx1g"), "G1");

  private Fingerprint ofThisMachine(String workload) {
    return FingerprintReader.ofThisMachine().read(JVM, directory, workload);
  }

  @Test
  void sameMachineAndWorkloadHaveTheSameHashAndNoDifferences() {
    Fingerprint one = ofThisMachine("w1");
    Fingerprint two = ofThisMachine("w1");
    assertThat(one.hash()).isEqualTo(two.hash()).hasSize(64);
    assertThat(one.hardDifferences(two)).isEmpty();
    assertThat(one.softDifferences(two)).isEmpty();
  }

  @Test
  void anotherWorkloadIsNotComparableAndSaysSo() {
    Fingerprint one = ofThisMachine("w1");
    Fingerprint two = ofThisMachine("w2");
    assertThat(one.hash()).isNotEqualTo(two.hash());
    assertThat(one.hardDifferences(two))
        .containsExactly(new Fingerprint.Difference("workload.hash", "w1", "w2"));
  }

  @Test
  void aMachineThatTellsNothingHasEveryFieldWithNone() {
    FingerprintReader reader =
        new FingerprintReader(
            new SystemFiles(directory), new LibraryVersions(new URLClassLoader(new URL[0], null)));
    Fingerprint fingerprint = reader.read(new JvmSettings(List.of(), "G1"), directory, "w");
    assertThat(fingerprint.soft().values()).containsOnly(Fingerprint.NONE);
    assertThat(fingerprint.hard())
        .containsEntry("cpu.model", "none")
        .containsEntry("memory", "none")
        .containsEntry("kernel", "none")
        .containsEntry("jvm.flags", "none");
  }

  @Test
  void refusesAMissingOrBlankField() {
    Fingerprint whole = ofThisMachine("w");
    TreeMap<String, String> without = new TreeMap<>(whole.hard());
    without.remove("gc");
    assertThatThrownBy(() -> new Fingerprint(without, whole.soft()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hard fields");
    TreeMap<String, String> blank = new TreeMap<>(whole.hard());
    blank.put("gc", " ");
    assertThatThrownBy(() -> new Fingerprint(blank, whole.soft())).hasMessageContaining("gc");
  }

  @Test
  void librariesOnTheClassPathTellTheirVersions() {
    LibraryVersions versions = LibraryVersions.ofThisProgram();
    assertThat(List.of(versions.jmh(), versions.grpc(), versions.netty(), versions.protobuf()))
        .allMatch(version -> version.matches("\\d+\\.\\d+.*"));
    assertThat(versions.harness()).matches("\\d+\\.\\d+.*");
    assertThat(versions.commit()).matches("none|[0-9a-f]{40}(-dirty)?");
  }

  @Test
  void fallsBackOnTheBuildAndTakesAnUnfilledPlaceholderForNone() throws Exception {
    Files.writeString(
        directory.resolve("mooseng-bench.properties"),
        "grpc=1.2.3\ncommit=${git.commit.id.full}\nversion=9\n");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      LibraryVersions versions = new LibraryVersions(loader);
      assertThat(versions.grpc()).isEqualTo("1.2.3");
      assertThat(versions.commit()).isEqualTo("none");
      assertThat(versions.netty()).isEqualTo("none");
    }
  }
}
