package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.Golden;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import io.mooseng.bench.core.result.SampleRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalSummaryTest {

  private static final Path DIRECTORY = Path.of("bench-results", "20260301T102030Z-a1b2c3");

  @Test
  void writesTheGoldenSummary() {
    Golden.assertSame("summary.txt", () -> render(SampleRuns.run(), false));
  }

  @Test
  void setbacksAreBelowTheirRow() {
    ResultRecord row =
        MeasuredRow.with(
            Map.of(
                Quantity.SESSIONS_LOST, 2.0,
                Quantity.ABORT_RATE, 0.75,
                Quantity.ABORTED, 1_234.0));
    RunRecord run =
        RunRecord.begun(SampleRuns.header())
            .with(row)
            .finished(RunStatus.COMPLETE, SampleRuns.FINISHED);
    Golden.assertSame("summary-setbacks.txt", () -> render(run, false));
  }

  @Test
  void isAsciiAndFits() {
    String text = render(SampleRuns.run(), false).replace('\u00fc', 'u');
    assertThat(text).matches("[\\x20-\\x7e\\n]*");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void colourOnlyAddsEscapes() {
    String colour = render(SampleRuns.run(), true);
    assertThat(colour).contains("\u001b[31m");
    assertThat(colour.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(render(SampleRuns.run(), false));
  }

  @Test
  void anInterruptedRunSaysSo() {
    RunRecord run = RunRecord.begun(SampleRuns.header());
    assertThat(render(run, false))
        .isEqualTo(
            "Run 20260301T102030Z-a1b2c3: interrupted, 0 rows\n"
                + "No rows.\n"
                + "Interrupted: rows that were planned are missing.\n"
                + "Results: "
                + DIRECTORY
                + "\n");
  }

  @Test
  void aRunOfOneFidelityIsNotCalledMixed() {
    RunRecord run =
        RunRecord.begun(SampleRuns.header())
            .with(SampleRuns.entries().get(0).result())
            .finished(RunStatus.COMPLETE, SampleRuns.FINISHED);
    assertThat(render(run, false)).doesNotContain("MIXED").doesNotContain("SIMULATED");
  }

  @Test
  void aRowWithoutAForkIsNotCalledARowOfOneFork() {
    ResultRecord row =
        SampleRuns.run().results().stream()
            .filter(result -> result.forks().size() == 1)
            .findFirst()
            .orElseThrow()
            .withWarnings(List.of(ResultRecord.NO_FORK_WARNING));
    RunRecord run = RunRecord.begun(SampleRuns.header()).with(row);
    assertThat(render(run, false))
        .contains(ResultRecord.NO_FORK_WARNING)
        .doesNotContain("one fork", "* ");
  }

  @Test
  void textFromOutsideCannotSteerTheTerminal() {
    assertThat(Style.plain("a\u001b[2J\n\u009b1m\u202eb")).isEqualTo("a?[2J??1m?b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 ns",
        "999 | 999 ns",
        "999.6 | 1.00 us",
        "1000 | 1 us",
        "1234 | 1.23 us",
        "9996 | 10.0 us",
        "99960 | 100 us",
        "12345678 | 12.3 ms",
        "90000000000 | 90 s",
        "1234567890123456 | 1,234,568 s",
      })
  void timesAreInTheUnitAPersonWouldChoose(double nanos, String text) {
    assertThat(HumanUnits.nanos(nanos)).isEqualTo(text);
  }

  @Test
  void megabytesAreBinary() {
    assertThat(HumanUnits.megabytes(1024.0 * 1024)).isEqualTo("1");
    assertThat(HumanUnits.megabytes(1e6)).isEqualTo("0.95");
    assertThat(HumanUnits.megabytes(null)).isEqualTo("-");
  }

  private static String render(RunRecord run, boolean colour) {
    return new TerminalSummary(colour, false).render(run, DIRECTORY);
  }
}
