package io.mooseng.bench.core.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.result.Golden;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunDirectoryException;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import io.mooseng.bench.core.result.SampleRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  private static final String HOSTILE = "</th><script>alert(1)</script><img src=x onerror=\"a()\">";
  private static final Pattern ELEMENT = Pattern.compile("<(/?)([a-zA-Z0-9]+)[^>]*?(/?)>");

  @TempDir Path directory;

  @Test
  void writesTheGoldenReport() {
    Path run = save(SampleRuns.entries());
    Golden.assertSame("report.html", () -> HtmlReport.of(List.of(ReportedRun.read(run))));
  }

  @Test
  void everyElementIsClosedWhereItWasOpened() {
    ReportedRun run = ReportedRun.read(save(SampleRuns.entries()));
    String html = HtmlReport.of(List.of(run, run));
    List<String> open = new ArrayList<>();
    Matcher elements = ELEMENT.matcher(html.replaceAll("(?s)<(style|script)>.*?</\\1>", ""));
    while (elements.find()) {
      if (!elements.group(3).isEmpty()) {
        continue;
      }
      if (elements.group(1).isEmpty()) {
        open.add(elements.group(2));
      } else {
        assertThat(open.remove(open.size() - 1)).isEqualTo(elements.group(2));
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void whatComesFromOutsideIsTextWhereverItStands() {
    ResultRecord row =
        SampleRuns.row("file.SampleBenchmark.run", Map.of("size", HOSTILE, "target", HOSTILE), 7)
            .withWarnings(List.of(HOSTILE, "right\u202eto left\u0007"));
    RunRecord run =
        RunRecord.begun(SampleRuns.header())
            .with(row)
            .finished(RunStatus.COMPLETE, SampleRuns.FINISHED);
    String html = HtmlReport.of(List.of(new ReportedRun(run, Optional.empty())));
    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert", "<img", "\u202e", "\u0007");
    assertThat(html.split("<script", -1)).hasSize(2);
  }

  @Test
  void askForNothingFromTheNetwork() {
    String html = HtmlReport.of(List.of(ReportedRun.read(save(SampleRuns.entries()))));
    assertThat(html)
        .contains("default-src &#39;none&#39;")
        .doesNotContain("src=", "url(", "@import", "href=\"http");
  }

  @Test
  void failuresAndImpossibleRowsStandBeforeAnyNumber() {
    String html = HtmlReport.of(List.of(ReportedRun.read(save(SampleRuns.entries()))));
    int wrong = html.indexOf("FAILED StatBenchmark.stat");
    int impossible = html.indexOf("IMPOSSIBLE ReadBenchmark.read");
    assertThat(wrong).isPositive().isLessThan(html.indexOf("<table"));
    assertThat(impossible).isPositive().isLessThan(html.indexOf("<table"));
  }

  @Test
  void aRunThatWasCopiedAloneSaysWhatIsMissing() throws IOException {
    Path alone = Files.copy(save(SampleRuns.entries()).resolve("run.json"), directory.resolve("r"));
    assertThat(HtmlReport.of(List.of(ReportedRun.read(alone))))
        .contains("histograms.hlog is not beside run.json");
  }

  @Test
  void aDamagedLogIsNamed() throws IOException {
    Path run = save(SampleRuns.entries());
    Path log = run.resolve("histograms.hlog");
    Files.writeString(log, Files.readString(log).replace("HISTFAAA", "HISTFAA!"));
    assertThatThrownBy(() -> HtmlReport.of(List.of(ReportedRun.read(run))))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageContaining("histograms.hlog");
  }

  @Test
  void runsMadeUnderOtherConditionsAreNotSetSideBySideInSilence() {
    RunRecord run = SampleRuns.run();
    String html =
        HtmlReport.of(
            List.of(
                new ReportedRun(run, Optional.empty()),
                new ReportedRun(SampleRuns.runOnAnotherMachine(), Optional.empty())));
    assertThat(html).contains("do not compare: cpu.model");
  }

  @Test
  void tenThousandRowsStayBelowFifteenMegabytes() {
    RunRecord run = SampleRuns.large(10_000);
    String html = HtmlReport.of(List.of(new ReportedRun(run, Optional.empty())));
    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(15 << 20);
    assertThat(html).contains("index=9999");
  }

  private Path save(List<SampleRuns.Entry> entries) {
    RunDirectory saved = RunDirectory.create(directory, SampleRuns.header());
    entries.forEach(entry -> saved.add(entry.result(), entry.measurements()));
    saved.ceilings(SampleRuns.ceilings());
    saved.scalability(SampleRuns.scalability());
    saved.finish(RunStatus.COMPLETE, SampleRuns.FINISHED);
    return saved.path();
  }
}
