package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.compare.Runs;
import io.mooseng.bench.core.report.html.ComparisonPage;
import io.mooseng.bench.core.result.Golden;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonWritersTest {

  /** One row of every verdict, and names that want to be more than text. */
  static Comparison everything() {
    Map<String, String> params = Map.of("size", "64KB", "target", "embedded");
    Runs base =
        Runs.run("a")
            .latency("FileReadBenchmark.read", params, 100_000, 101_000, 99_000, 100_500, 99_500)
            .throughput("MetadataBenchmark.stat", params, 1_000, 1_010, 990, 1_005, 995)
            .throughput("MetadataBenchmark.create", params, 500, 501, 499, 500, 502)
            .throughput("MixBenchmark.perform", params, 700, 900, 1_100, 1_300, 1_000)
            .throughput("PathBenchmark.look", Map.of("path", "<b>a|b</b>*_`\n"), 10, 10, 10)
            .throughput("StatBenchmark.broken", params, 1_000, 1_000, 1_000, 1_000, 1_000)
            .throughput("OldBenchmark.gone", params, 1, 1, 1, 1, 1);
    Runs candidate =
        Runs.run("b")
            .soft(Map.of("commit", "abc"))
            .latency("FileReadBenchmark.read", params, 110_000, 111_000, 109_000, 110_500, 109_500)
            .throughput("MetadataBenchmark.stat", params, 1_100, 1_110, 1_090, 1_105, 1_095)
            .throughput("MetadataBenchmark.create", params, 500, 502, 499, 501, 500)
            .throughput("MixBenchmark.perform", params, 900, 1_000, 700, 1_250, 1_100)
            .throughput("PathBenchmark.look", Map.of("path", "<b>a|b</b>*_`\n"), 10, 10, 10)
            .failed("StatBenchmark.broken", params)
            .throughput("NewBenchmark.here", params, 1, 1, 1, 1, 1);
    return new Comparer(CompareOptions.defaults().withNoise(Map.of("latency.p50", 0.02)))
        .compare(base.input(), candidate.input(), false);
  }

  @Test
  void writesTheGoldenTable() {
    Golden.assertSame("comparison.txt", () -> new ComparisonTable(false).render(everything()));
  }

  @Test
  void writesTheGoldenMarkdown() {
    Golden.assertSame("comparison.md", () -> ComparisonMarkdown.render(everything()));
  }

  @Test
  void writesTheGoldenJson() {
    Golden.assertSame("comparison.json", () -> ComparisonJson.render(everything()));
  }

  @Test
  void writesTheGoldenPage() {
    Golden.assertSame("comparison.html", () -> ComparisonPage.of(everything()));
  }

  @Test
  void thePageEscapesNamesAndDrawsAnIntervalForEveryDifference() {
    String page = ComparisonPage.of(everything());
    assertThat(page).doesNotContain("<b>a|b</b>").contains("&lt;b&gt;a|b&lt;/b&gt;");
    long differences = everything().rows().stream().filter(r -> r.difference() != null).count();
    assertThat(page.split("<circle ", -1)).hasSize((int) differences + 1);
    assertThat(page).contains("REGRESSION FileReadBenchmark.read");
  }

  @Test
  void colourOnlyAddsEscapes() {
    String colour = new ComparisonTable(true).render(everything());
    assertThat(colour).contains("\u001b[31m");
    assertThat(colour.replaceAll("\u001b\\[\\d+m", ""))
        .isEqualTo(new ComparisonTable(false).render(everything()));
  }

  @Test
  void acrossHostsThereAreNoVerdicts() {
    Runs one = Runs.run("a").throughput("B.run", Map.of(), 10, 10, 10, 10, 10);
    Runs other =
        Runs.run("b")
            .hard(Map.of("cpu.model", "Other CPU"))
            .throughput("B.run", Map.of(), 5, 5, 5, 5, 5);
    Comparison comparison =
        new Comparer(CompareOptions.defaults().betweenHosts())
            .compare(one.input(), other.input(), false);
    assertThat(new ComparisonTable(false).render(comparison))
        .contains("of its ceiling")
        .doesNotContain("REGRESSION")
        .doesNotContain("inconclusive");
    assertThat(ComparisonMarkdown.render(comparison)).contains("across hosts");
    assertThat(ComparisonPage.of(comparison)).contains("of its ceiling").doesNotContain("<circle");
    assertThat(ComparisonJson.render(comparison)).contains("\"verdict\" : null");
  }
}
