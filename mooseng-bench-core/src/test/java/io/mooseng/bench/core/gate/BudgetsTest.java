package io.mooseng.bench.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.analysis.compare.Measure;
import io.mooseng.bench.core.analysis.compare.Runs;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTest {

  private static final Map<String, String> PARAMS = Map.of("size", "1KB");

  private static RunRecord run() {
    return Runs.run("a")
        .throughput("StatBenchmark.stat", PARAMS, 1_000, 1_000)
        .latency("FileReadBenchmark.read", PARAMS, 100_000, 100_000)
        .record();
  }

  private static Budgets of(String... budgets) {
    return Budgets.parse("--budgets b.yaml", "budgets:\n- " + String.join("\n- ", budgets));
  }

  @Test
  void limitsAreReadInTheirUnits() {
    assertThat(Limit.parse("20ms").value()).isEqualTo(20e6);
    assertThat(Limit.parse("1.5us").value()).isEqualTo(1_500);
    assertThat(Limit.parse("1000 op/s").value()).isEqualTo(1_000);
    assertThat(Limit.parse("100MB/s").value()).isEqualTo(100 * 1024 * 1024);
    assertThat(Limit.parse("99.5%").value()).isEqualTo(0.995);
    assertThat(Limit.parse("0").value()).isZero();
    assertThat(Limit.parse("20ms").suits("ns")).isTrue();
    assertThat(Limit.parse("20ms").suits("op/s")).isFalse();
    assertThat(Limit.parse("5").suits("ns")).isFalse();
    assertThat(Limit.parse("99%").suits("ratio")).isTrue();
  }

  @Test
  void absoluteLimitsAreKeptOrBroken() {
    List<BudgetCheck> checks =
        of(
                "{name: fast, benchmark: Stat, metric: throughput, min: 900 op/s, max: 950 op/s}",
                "{metric: latency.p50, max: 40us, params: {size: 2KB}}",
                "{metric: latency.p50, benchmark: Read, max: 200us}",
                "{metric: primary, benchmark: Read, max: 90us, fidelity: live}",
                "{metric: no.such.metric, max: 1}")
            .check(run());
    assertThat(checks).extracting(BudgetCheck::isBreach).containsExactly(true, false, false);
    assertThat(checks.get(0).limit()).isEqualTo("max 950 op/s");
    assertThat(checks.get(2).metric()).isEqualTo("latency.p50");
  }

  @Test
  void tooFewSamplesAreNoAnswer() {
    List<BudgetCheck> checks = of("{metric: latency.p99_9, max: 1ms}").check(run());
    assertThat(checks).extracting(BudgetCheck::kept).containsOnlyNulls();
  }

  @Test
  void limitsMustSuitTheirMetric() {
    assertThatThrownBy(() -> of("{name: odd, metric: throughput, min: 5ms}").check(run()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("odd: min: 5ms: the unit of throughput is op/s; accepted: a time");
  }

  @Test
  void theFirstRelativeLimitOfAMetricCounts() {
    Budgets budgets =
        of(
            "{benchmark: Stat, metric: throughput, max-regression: 10%}",
            "{metric: primary, max-regression: 3%}", "{metric: response.p99, max-regression: 20%}");
    ResultRecord stat = run().results().get(0);
    assertThat(budgets.measures(stat, stat)).containsExactly(new Measure("throughput", 0.10));
    ResultRecord read = run().results().get(1);
    assertThat(budgets.measures(read, read)).containsExactly(new Measure("latency.p50", 0.03));
  }

  @Test
  void theDefaultsCanBeRead() {
    ResultRecord stat = run().results().get(0);
    assertThat(Budgets.defaults().measures(stat, stat))
        .containsExactly(new Measure("throughput", 0.03));
    assertThat(Budgets.defaults().check(run()))
        .hasSize(2)
        .extracting(BudgetCheck::kept)
        .containsOnly(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{metric: a} | budget 1: it limits nothing; accepted: at least one of max, min,"
            + " max-regression",
        "{metric: a, max: fast} | budget 1: key 'max': \"fast\": accepted: a time (20ms)",
        "{metric: a, max-regression: 3} | key 'max-regression': 3: accepted: a share such as 3%",
        "{metric: a, max-regression: 0%} | accepted: a share such as 3%",
        "{metric: a, maximum: 3} | budget 1: unknown key 'maximum'; accepted: name, benchmark",
        "{max: 3} | key 'metric': missing",
        "{metric: a, max: 3, benchmark: '('} | accepted: a regular expression",
        "{metric: a, max: 3, fidelity: real} | accepted: live, embedded, control or simulated",
        "5 | budget 1: accepted: a mapping",
      })
  void whatIsWrongIsSaidInOneLine(String budget, String said) {
    assertThatThrownBy(() -> of(budget))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--budgets b.yaml: ")
        .hasMessageContaining(said);
  }

  @Test
  void aFileNeedsBudgets() {
    assertThatThrownBy(() -> Budgets.parse("--budgets b", "limits: []"))
        .hasMessageContaining("unknown key 'limits'; accepted: budgets");
    assertThatThrownBy(() -> Budgets.parse("--budgets b", ""))
        .hasMessageContaining("accepted: a list of budgets");
  }
}
