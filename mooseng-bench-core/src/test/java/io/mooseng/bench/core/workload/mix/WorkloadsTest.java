package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadsTest {

  /** One line per key, so that a test can replace one. */
  private static final String OWN =
      """
      own:
        description: mine
        source: my servers
        operations: {read: 2, write: 0.5, delete: 1}
        sizes: {fixed: 4KB}
        popularity: uniform
        population: {files: 10, files-per-directory: 5, depth: 2}
      """;

  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("own.yaml"), text);
  }

  private Workload own(String text) throws IOException {
    return Workloads.load(Optional.of(file(text))).named("own");
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Workloads.load(Optional.of(file)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--workloads " + file + ": " + message);
  }

  @Test
  void shipsItsWorkloads() {
    assertThat(Workloads.load(Optional.empty()).all().stream().map(Workload::name))
        .containsExactly(
            "web-home",
            "ci-cache",
            "media-ingest",
            "ml-training-read",
            "log-append",
            "object-store",
            "metadata-heavy");
  }

  @Test
  void theObjectStoreIsThatOfWarp() {
    Workload workload = Workloads.load(Optional.empty()).named("object-store");
    assertThat(workload.weights())
        .isEqualTo(
            Map.of(
                FileOperation.READ, 45.0,
                FileOperation.STAT_PATH, 30.0,
                FileOperation.WRITE, 15.0,
                FileOperation.DELETE, 10.0));
    assertThat(workload.sizes()).isEqualTo(new SizeDistribution.Fixed(ByteSize.parse("10MB")));
  }

  @Test
  void readsEveryFormOfAWorkload() throws IOException {
    Workload plain = own(OWN);
    assertThat(plain.description()).isEqualTo("mine");
    assertThat(plain.source()).isEqualTo("my servers");
    assertThat(plain.weights())
        .isEqualTo(
            Map.of(FileOperation.READ, 2.0, FileOperation.WRITE, 0.5, FileOperation.DELETE, 1.0));
    assertThat(plain.share(FileOperation.WRITE)).isEqualTo(0.5 / 3.5);
    assertThat(plain.share(FileOperation.LIST)).isZero();
    assertThat(plain.popularity()).isEqualTo(new Popularity.Uniform());
    assertThat(plain.population()).isEqualTo(new PopulationShape(10, 5, 2, false));
    assertThat(plain.range()).isEmpty();
    Workload other =
        own(
            OWN.replace("{read: 2, write: 0.5, delete: 1}", "{read-range: 1}\n  range: 1KB")
                .replace("{fixed: 4KB}", "{empirical: {4KB: 3, 0B: 1}}")
                .replace("uniform", "{latest: 0.99}")
                .replace("depth: 2}", "depth: 2, shared: true}"));
    assertThat(other.range()).contains(new ByteSize(1_024));
    assertThat(other.sizes())
        .isEqualTo(
            new SizeDistribution.Empirical(Map.of(new ByteSize(4_096), 3.0, new ByteSize(0), 1.0)));
    assertThat(other.popularity()).isEqualTo(new Popularity.Latest(0.99));
    assertThat(other.population().shared()).isTrue();
  }

  @Test
  void ownWorkloadsComeBesideTheBuiltInOnes() throws IOException {
    Workloads workloads = Workloads.load(Optional.of(file(OWN)));
    assertThat(workloads.all()).hasSize(8);
    assertThatThrownBy(() -> workloads.named("web"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "-p workload=web: accepted: web-home, ci-cache, media-ingest, ml-training-read,"
                + " log-append, object-store, metadata-heavy, own");
  }

  @Test
  void aBuiltInNameIsTaken() throws IOException {
    assertRefused(
        OWN.replace("own:", "ci-cache:"),
        "workload 'ci-cache': the name of a built-in workload; accepted: any but web-home,"
            + " ci-cache, media-ingest, ml-training-read, log-append, object-store, metadata-heavy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "read: 2|read: 0|key 'operations.read': 0: accepted: a number above 0, up to 1000000",
        "read: 2|read: -3|key 'operations.read': -3: accepted: a number above 0, up to 1000000",
        "read: 2|read: x|key 'operations.read': \"x\": accepted: a number above 0, up to 1000000",
        "read: 2|read:|key 'operations.read': null: accepted: a number above 0, up to 1000000",
        "read: 2|raed: 2|unknown key 'operations.raed'; accepted: create, write, read, read-range,"
            + " overwrite, append, stat, stat-path, stat-missing, list, rename, delete",
        "{read: 2, write: 0.5, delete: 1}|{}|no operations; accepted: create, write, read,"
            + " read-range, overwrite, append, stat, stat-path, stat-missing, list, rename, delete",
        "{read: 2, write: 0.5, delete: 1}|[read]|key 'operations': [\"read\"]: accepted: a mapping",
        "read: 2|append: 2|operation 'append' needs a range: how many bytes",
        "description: mine|desc: mine|unknown key 'desc'; accepted: description, source,"
            + " operations, sizes, popularity, population, range",
        "description: mine|description: ' '|key 'description': \" \": accepted: a text",
        "source: my servers|range: 4KB|key 'source': missing: accepted: a text",
        "{fixed: 4KB}|{fixed: 4XB}|key 'sizes.fixed': \"4XB\": accepted: a size from 0B to 8GB,"
            + " such as 64KB",
        "{fixed: 4KB}|{fixed: 9GB}|key 'sizes.fixed': \"9GB\": accepted: a size from 0B to 8GB,"
            + " such as 64KB",
        "{fixed: 4KB}|{pareto: 1}|unknown key 'sizes.pareto'; accepted: fixed, uniform, lognormal,"
            + " empirical",
        "{fixed: 4KB}|{}|key 'sizes': {}: accepted: one of fixed, uniform, lognormal, empirical",
        "{fixed: 4KB}|{uniform: {from: 2KB, to: 1KB}}|from 2KB is above to 1KB",
        "{fixed: 4KB}|{uniform: {from: 2KB}}|key 'sizes.uniform.to': missing: accepted: a size from"
            + " 0B to 8GB, such as 64KB",
        "{fixed: 4KB}|{lognormal: {median: 4KB, sigma: 0, max: 1MB}}|key 'sizes.lognormal.sigma':"
            + " 0: accepted: a number above 0, up to 10",
        "{fixed: 4KB}|{lognormal: {median: 4KB, sigma: 1, max: 1KB}}|median 4KB is not from 1B to"
            + " max 1KB",
        "{fixed: 4KB}|{empirical: {}}|key 'sizes.empirical': accepted: sizes and their weights",
        "{fixed: 4KB}|{empirical: {x: 1}}|'x' is not a size; accepted: a number with B, KB, MB or"
            + " GB, such as 64KB",
        "{fixed: 4KB}|{empirical: {1KB: 1, 1024B: 1}}|key 'sizes.empirical.1024B': 1: accepted:"
            + " each size once",
        "uniform|normal|key 'popularity': \"normal\": accepted: uniform, sequential, or a mapping"
            + " from zipf or latest to an exponent",
        "uniform|{zipf: 0}|key 'popularity.zipf': 0: accepted: a number above 0, up to 10",
        "uniform|{zipf: 1, latest: 1}|key 'popularity': {\"zipf\":1,\"latest\":1}: accepted: one of"
            + " zipf, latest",
        "files: 10|files: 0|key 'population.files': 0: accepted: a whole number from 1 to 10000000",
        "files: 10|files: 1.5|key 'population.files': 1.5: accepted: a whole number from 1 to"
            + " 10000000",
        "depth: 2|depth: 17|key 'population.depth': 17: accepted: a whole number from 1 to 16",
        "depth: 2|depth: 2, width: 3|unknown key 'population.width'; accepted: files,"
            + " files-per-directory, depth, shared",
        "depth: 2|depth: 2, shared: maybe|key 'population.shared': \"maybe\": accepted: true or false",
        "depth: 2|depth: 2, shared: true|operation 'write' changes files, but they are shared;"
            + " accepted: read, read-range, stat, stat-path, stat-missing, list"
      })
  void refusesInOneLine(String part, String instead, String message) throws IOException {
    assertThat(OWN).contains(part);
    Path file = file(OWN.replace(part, instead));
    assertThatThrownBy(() -> Workloads.load(Optional.of(file)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(
            Pattern.quote("--workloads " + file + ": workload 'own': line ")
                + "[1-8]: "
                + Pattern.quote(message));
  }

  @Test
  void saysInWhichLine() throws IOException {
    String text =
        """
        # mine
        own:
          description: mine
          source: my servers
          operations:
            read: 2

            raed: 3
          sizes: {fixed: 4KB}
          popularity: uniform
          population: {files: 10, files-per-directory: 5, depth: 2}
        """;
    assertRefused(
        text,
        "workload 'own': line 8: unknown key 'operations.raed'; accepted: create, write, read,"
            + " read-range, overwrite, append, stat, stat-path, stat-missing, list, rename, delete");
    assertRefused(
        text.replace("    raed: 3\n", "").replace(", depth: 2", ""),
        "workload 'own': line 10: key 'population.depth': missing: accepted: a whole number from 1"
            + " to 16");
  }

  @Test
  void refusesARangeThatNothingUses() throws IOException {
    assertRefused(
        OWN + "  range: 4KB\n",
        "workload 'own': line 1: range is given, but no operation has one: read-range, overwrite, append");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- a|accepted: a mapping of workloads",
        "own: 3|workload 'own': line 1: accepted: a mapping",
        "Own: {}|workload 'Own': accepted: a name of lower-case letters, digits and hyphens, from a"
            + " letter"
      })
  void refusesWhatHoldsNoWorkload(String text, String message) throws IOException {
    assertRefused(text, message);
  }

  @Test
  void refusesASecondDocumentRatherThanNotReadingIt() throws IOException {
    Path file = file(OWN + "---\n" + OWN.replace("own", "second"));
    assertThatThrownBy(() -> Workloads.load(Optional.of(file)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--workloads " + file + ": accepted: one YAML document");
  }

  @Test
  void namesAMissingFile() {
    Path missing = directory.resolve("missing.yaml");
    assertThatThrownBy(() -> Workloads.load(Optional.of(missing)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--workloads " + missing + ": there is no such file");
  }
}
