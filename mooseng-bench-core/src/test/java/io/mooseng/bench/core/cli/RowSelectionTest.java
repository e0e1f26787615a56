package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.analysis.compare.Runs;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSelectionTest {

  private static final List<ResultRecord> ROWS =
      Runs.run("a")
          .throughput("ReadBenchmark.read", Map.of("size", "1KB", "target", "t1"), 1, 1)
          .throughput("ReadBenchmark.read", Map.of("size", "1MB", "target", "t1"), 1, 1)
          .throughput("OpenLoopBenchmark.read", Map.of("rate", "50/s", "target", "t1"), 1, 1)
          .record()
          .results();

  private static List<String> select(List<ResultRecord> open, String arguments) {
    return new RowSelection(List.of(arguments.split(" "))).argumentsFor(open);
  }

  @Test
  void nothingOpenIsEverything() {
    assertThat(select(List.of(), "--seed 3 -wi 1 Read"))
        .containsExactly("--seed", "3", "-wi", "1", "Read");
  }

  @Test
  void selectsRowsByNameAndParametersAndKeepsTheRest() {
    List<String> arguments =
        select(
            ROWS.subList(0, 2),
            "--target file:///x --fsync -wi 1 -p size=1KB,1MB,4KB -f 1 Read -e Write -prof gc");
    assertThat(arguments)
        .containsExactlyInAnyOrder(
            "--target",
            "file:///x",
            "--fsync",
            "-wi",
            "1",
            "-f",
            "1",
            "-prof",
            "gc",
            "-p",
            "size=1KB,1MB",
            "^\\Qio.mooseng.bench.file.ReadBenchmark.read\\E$");
  }

  @Test
  void whatAnOptionOfOursDecidesIsNoParameter() {
    assertThat(select(ROWS.subList(2, 3), "--rate 50/s --profile quick"))
        .containsExactlyInAnyOrder(
            "--profile",
            "quick",
            "--rate",
            "50/s",
            "^\\Qio.mooseng.bench.file.OpenLoopBenchmark.read\\E$");
  }

  @Test
  void recordedArgumentsAreThoseOfTheRun() {
    Map<String, Object> configuration =
        Map.of(
            "target",
            List.of("file:///x"),
            "fsync",
            true,
            "keep",
            false,
            "store",
            "temporary directory",
            "seed",
            7L,
            "out",
            "elsewhere",
            "sizes",
            Map.of(),
            "jmh",
            List.of("-wi", "1", "Read"));
    assertThat(RecordedArguments.of(configuration))
        .containsExactly("--target", "file:///x", "--fsync", "--seed", "7", "-wi", "1", "Read");
  }

  @Test
  void ownOptionsArePutApartFromThoseOfRuns() {
    PairsArguments given =
        PairsArguments.divide(
            List.of(
                "--jar-a",
                "a.jar",
                "--jar-b=b.jar",
                "--pairs",
                "7",
                "-p",
                "--pairs",
                "-wi",
                "1",
                "--seed",
                "2",
                "Read"),
            false);
    assertThat(given.own().get("--jar-b")).containsExactly("b.jar");
    assertThat(given.pairs()).hasValue(7);
    assertThat(given.run())
        .containsExactly(
            "-p",
            "--pairs",
            "-wi",
            "1",
            "--seed",
            "2",
            "Read",
            "-f",
            "1",
            "--ceiling-time",
            "500ms");
  }

  @Test
  void profilesOfOneForkNeedNoSizes() {
    assertThat(PairsArguments.divide(List.of("--profile", "smoke"), false).run())
        .containsExactly("--profile", "smoke", "--ceiling-time", "500ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-f 3 | -f: not accepted when runs are measured in turns",
        "-rf json | -rf: not accepted",
        "--profile standard | --profile standard: it has several forks; accepted in turns: smoke,"
            + " quick",
        "--pairs | --pairs needs a value",
      })
  void refusesWhatRunsInTurnsCannotHave(String arguments, String said) {
    assertThatThrownBy(() -> PairsArguments.divide(List.of(arguments.split(" ")), false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"1", "x", "5000"})
  void refusesOddNumbersOfPairs(String pairs) {
    assertThatThrownBy(() -> PairsArguments.divide(List.of("--pairs", pairs), false).pairs())
        .hasMessage("--pairs " + pairs + ": accepted: a whole number from 2 to 1000");
  }

  @Test
  void twoJarsOrTwoTargetsAreMeasured() {
    assertThat(PairsCommand.isMeant(List.of("--target", "a", "--target=b"))).isTrue();
    assertThat(PairsCommand.isMeant(List.of("--jar-b=x"))).isTrue();
    assertThat(PairsCommand.isMeant(List.of("a", "b", "--target"))).isFalse();
  }
}
