package io.mooseng.bench.core.cli;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.SampleRuns;
import io.mooseng.bench.core.target.OperationKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {

  private static final Cell CELL =
      Plans.cell(benchmark("ReadBenchmark.read", OperationKind.READ, "size=1KB"), embedded());
  private static final Plan PLAN = new Plan(List.of(List.of(CELL)), List.of());

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private static ResultRecord failedRow() {
    return SampleRuns.run().results().stream()
        .filter(row -> row.status() == ResultStatus.FAILED)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "45, 45 s",
    "59, 59 s",
    "60, 1 min 00 s",
    "125, 2 min 05 s",
    "3599, 59 min 59 s",
    "3600, 1 h 00 min",
    "4020, 1 h 07 min",
    "90000, 25 h 00 min"
  })
  void tellsTimeAsPeopleDo(long seconds, String text) {
    assertThat(ProgressLine.text(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @Test
  void withoutATerminalItIsALineAFork() {
    ProgressLine progress = new ProgressLine(PLAN, err, false);
    progress.forkStarted(CELL, 1, 1);
    progress.iterationStarted(true, 1, 3);
    progress.end();
    assertThat(shown())
        .isEqualTo(
            "[1/1] ReadBenchmark.read size=1KB target=embedded, fork 1 of 5, 1 min 35 s left"
                + System.lineSeparator());
  }

  @Test
  void onATerminalTheLineIsRewrittenAndRemoved() {
    ProgressLine progress = new ProgressLine(PLAN, err, true);
    progress.forkStarted(CELL, 1, 2);
    progress.iterationStarted(false, 4, 5);
    progress.end();
    assertThat(shown())
        .startsWith("\r\033[K[1/1] ReadBenchmark.read")
        .contains(", fork 2 of 5, ")
        .contains(", iteration 4/5")
        .endsWith("\r\033[K")
        .doesNotContain("\n");
  }

  @Test
  void failuresAreShownEvenWithoutProgress() {
    ProgressLine.silent(err).forkStarted(CELL, 1, 1);
    assertThat(shown()).isEmpty();
    ResultRecord row = failedRow();
    ProgressLine.silent(err).rowFinished(row);
    assertThat(shown())
        .startsWith("FAILED " + row.benchmark() + " ")
        .endsWith(
            row.failure().kind().label() + ": " + row.failure().message() + System.lineSeparator());
  }
}
