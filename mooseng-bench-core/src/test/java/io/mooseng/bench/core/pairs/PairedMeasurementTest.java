package io.mooseng.bench.core.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.compare.NotComparableException;
import io.mooseng.bench.core.analysis.compare.Runs;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs are prepared, and what plays the program copies the next one of its side. */
@Timeout(60)
class PairedMeasurementTest {

  private static final Map<String, String> PARAMS = Map.of("size", "1KB");
  private static final int MOST = 20;

  /** Takes the next prepared run of its side ($1), and says in a file that it was called. */
  private static final String PROGRAM =
      "side=$1; shift; while [ \"$1\" != --out ]; do args=\"$args $1\"; shift; done;"
          + " n=$(ls \"$side\" | head -n 1); mv \"$side/$n\"/* \"$2\"; rmdir \"$side/$n\";"
          + " echo \"$(basename \"$side\")$args\" >> \"$side/../calls\"";

  @TempDir private Path directory;
  private final List<String> progress = new ArrayList<>();

  /** Prepares one fork of two rows for each turn. */
  private Variant side(String name, double stat, double noiseOfStat, double read)
      throws IOException {
    Path prepared = directory.resolve(name);
    for (int turn = 0; turn < MOST; turn++) {
      SeededRandom random = SeededRandom.of(name.hashCode(), turn);
      Path one = Files.createDirectories(prepared.resolve(String.valueOf((char) ('a' + turn))));
      Runs.run("r" + turn)
          .throughput("StatBenchmark.stat", PARAMS, stat * (1 + noiseOfStat * random.nextNormal()))
          .throughput("ReadBenchmark.read", PARAMS, read * (1 + 0.002 * random.nextNormal()))
          .write(one);
    }
    return new Variant(name, List.of("sh", "-c", PROGRAM, "program", prepared.toString()));
  }

  private PairedMeasurement measurement(Variant a, Variant b) {
    return new PairedMeasurement(
        a, b, directory.resolve("results"), machine -> CompareOptions.defaults(), progress::add);
  }

  private static List<String> names(List<ResultRecord> open) {
    return open.isEmpty() ? List.of("all") : open.stream().map(ResultRecord::benchmark).toList();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(directory.resolve("calls"));
  }

  @Test
  void stopsRowsAsSoonAsTheyAreDecidedAndNarrowsRunsToTheOthers() throws IOException {
    PairedMeasurement measurement =
        measurement(side("a", 1_000, 0.03, 500), side("b", 1_000, 0.03, 450));
    Comparison comparison = measurement.measure(PairedMeasurementTest::names, OptionalInt.empty());
    assertThat(comparison.paired()).isTrue();
    assertThat(comparison.rows())
        .extracting(row -> row.key().benchmark())
        .containsExactly("StatBenchmark.stat", "ReadBenchmark.read");
    assertThat(comparison.rows().get(1).verdict()).isEqualTo(Verdict.REGRESSION);
    assertThat(comparison.rows().get(1).base().forks()).isEqualTo(6);
    int forksOfStat = comparison.rows().get(0).base().forks();
    assertThat(forksOfStat).isIn(6, 10, 14, 20);
    assertThat(measurement.runsMade()).isEqualTo(2 * forksOfStat);
    assertThat(calls().subList(0, 4))
        .containsExactly(
            "a all",
            "b all",
            "b StatBenchmark.stat ReadBenchmark.read",
            "a StatBenchmark.stat ReadBenchmark.read");
    assertThat(calls().subList(12, calls().size()))
        .allSatisfy(call -> assertThat(call).endsWith(" StatBenchmark.stat"));
  }

  /** A difference of a tenth is nothing where one build differs from itself by as much. */
  @Test
  void whatMattersDependsOnTheNoiseOfTheMachine() throws IOException {
    List<Environment> machines = new ArrayList<>();
    PairedMeasurement measurement =
        new PairedMeasurement(
            side("a", 1_000, 0.002, 500),
            side("b", 1_000, 0.002, 450),
            directory.resolve("results"),
            machine -> {
              machines.add(machine);
              return CompareOptions.defaults().withNoise(Map.of("throughput", 0.1));
            },
            progress::add);
    Comparison comparison = measurement.measure(PairedMeasurementTest::names, OptionalInt.empty());
    assertThat(machines).hasSize(1);
    assertThat(comparison.rows().get(1).verdict()).isEqualTo(Verdict.NO_CHANGE);
    assertThat(comparison.rows().get(1).difference().raised()).isTrue();
  }

  @Test
  void aFixedNumberOfPairsIsMadeInTurnsAndJoinedIntoRuns() throws IOException {
    PairedMeasurement measurement =
        measurement(side("a", 1_000, 0.002, 500), side("b", 1_050, 0.002, 500));
    Comparison comparison = measurement.measure(PairedMeasurementTest::names, OptionalInt.of(5));
    assertThat(comparison.rows().get(0).verdict()).isEqualTo(Verdict.IMPROVEMENT);
    assertThat(comparison.rows().get(1).verdict()).isEqualTo(Verdict.NO_CHANGE);
    assertThat(calls())
        .extracting(call -> call.charAt(0))
        .containsExactly('a', 'b', 'b', 'a', 'a', 'b', 'b', 'a', 'a', 'b');
    List<Path> runs = measurement.write();
    RunRecord joined = RunReader.read(runs.get(0));
    assertThat(joined.results()).hasSize(2);
    assertThat(joined.results().get(0).forks())
        .extracting(fork -> fork.fork())
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(joined.results().get(0).metrics().get("throughput").ci95()).isNotNull();
    assertThat(joined.results().get(0).metrics().get("latency.p50").n()).isEqualTo(5_000);
    assertThat(progress).contains("pair 1 of at most 5", "pair 5 of at most 5, 2 rows open");
  }

  /** Ten per cent slower until this turn. */
  private Variant slowUntil(int turn) throws IOException {
    Path prepared = directory.resolve("b");
    for (int i = 0; i < MOST; i++) {
      double stat = i < turn ? 900 : 1_000;
      SeededRandom random = SeededRandom.of(1, i);
      Runs.run("r" + i)
          .throughput("StatBenchmark.stat", PARAMS, stat * (1 + 0.002 * random.nextNormal()))
          .throughput("ReadBenchmark.read", PARAMS, 500 * (1 + 0.002 * random.nextNormal()))
          .write(Files.createDirectories(prepared.resolve(String.valueOf((char) ('a' + i)))));
    }
    return new Variant("b", List.of("sh", "-c", PROGRAM, "program", prepared.toString()));
  }

  @Test
  void whatIsFoundAgainWithFreshPairsStays() throws IOException {
    PairedMeasurement measurement = measurement(side("a", 1_000, 0.002, 500), slowUntil(MOST));
    Comparison found = measurement.measure(PairedMeasurementTest::names, OptionalInt.empty());
    Comparison confirmed = measurement.confirm(found, PairedMeasurementTest::names);
    assertThat(confirmed.regressions()).hasSize(1);
    assertThat(confirmed.rows().get(0).notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("found again with fresh pairs: -")
                    .endsWith(", 10 pairs"));
    assertThat(measurement.runsMade()).isEqualTo(2 * (6 + 10));
    assertThat(calls().subList(12, 32))
        .allSatisfy(call -> assertThat(call).endsWith(" StatBenchmark.stat"));
  }

  @Test
  void whatIsNotFoundAgainIsInconclusive() throws IOException {
    PairedMeasurement measurement = measurement(side("a", 1_000, 0.002, 500), slowUntil(6));
    Comparison found = measurement.measure(PairedMeasurementTest::names, OptionalInt.empty());
    assertThat(found.rows().get(0).verdict()).isEqualTo(Verdict.REGRESSION);
    Comparison confirmed = measurement.confirm(found, PairedMeasurementTest::names);
    assertThat(confirmed.regressions()).isEmpty();
    assertThat(confirmed.rows().get(0).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(confirmed.rows().get(0).notes())
        .anySatisfy(note -> assertThat(note).startsWith("not found again with fresh pairs: "));
    assertThat(confirmed.rows().get(1)).isEqualTo(found.rows().get(1));
  }

  @Test
  void whereNothingIsWorseNothingIsMeasuredAgain() throws IOException {
    PairedMeasurement measurement = measurement(side("a", 1_000, 0.002, 500), slowUntil(0));
    Comparison found = measurement.measure(PairedMeasurementTest::names, OptionalInt.empty());
    assertThat(measurement.confirm(found, PairedMeasurementTest::names)).isSameAs(found);
    assertThat(measurement.runsMade()).isEqualTo(12);
  }

  /** Not after six pairs, which is the first time that rows are looked at. */
  @Test
  void buildsThatAreNotComparableAreRefusedAfterOnePair() throws IOException {
    Path prepared = directory.resolve("b");
    Map<String, String> other = new HashMap<>(Runs.HARD);
    other.put("kernel", "Linux 6.2");
    Runs.run("r0")
        .hard(other)
        .throughput("StatBenchmark.stat", PARAMS, 1_000)
        .write(Files.createDirectories(prepared.resolve("a")));
    Variant b = new Variant("b", List.of("sh", "-c", PROGRAM, "program", prepared.toString()));
    PairedMeasurement measurement = measurement(side("a", 1_000, 0.002, 500), b);
    assertThatThrownBy(() -> measurement.measure(PairedMeasurementTest::names, OptionalInt.empty()))
        .isInstanceOf(NotComparableException.class)
        .hasMessage("not comparable: kernel: Linux 6.1 v Linux 6.2");
    assertThat(measurement.runsMade()).isEqualTo(2);
  }

  @Test
  void whatARunRefusesIsSaidInItsOwnWords() {
    Variant broken =
        new Variant(
            "a", List.of("sh", "-c", "echo 'mooseng-bench: --seed x: accepted' >&2; exit 2", "-"));
    assertThatThrownBy(
            () -> measurement(broken, broken).measure(open -> List.of(), OptionalInt.of(2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ended with 2: --seed x: accepted");
    Variant absent = new Variant("a", List.of("sh", "-c", "exit 4", "-"));
    assertThatThrownBy(
            () -> measurement(absent, absent).measure(open -> List.of(), OptionalInt.of(2)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("ended with 4: without a word");
  }
}
