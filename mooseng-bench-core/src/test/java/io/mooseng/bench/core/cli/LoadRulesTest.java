package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.LoadSettings;
import io.mooseng.bench.core.model.LatencyObjective;
import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.model.ScheduleLength;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.target.OperationKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadRulesTest {

  private static final BenchmarkEntry LOAD =
      Plans.benchmark("LoadBenchmark.read", OperationKind.READ, "rate=1000/s", "duration=10s");
  private static final BenchmarkEntry STAT =
      Plans.benchmark("MetadataBenchmark.stat", OperationKind.METADATA);

  private static LoadRules rules(String rate, String objective, String length) {
    return new LoadRules(
        new LoadSettings(
            Optional.ofNullable(rate).map(Rate::parse),
            Optional.ofNullable(objective).map(LatencyObjective::parse),
            Optional.empty(),
            Optional.ofNullable(length).map(ScheduleLength::parse),
            Optional.empty()));
  }

  @Test
  void withoutOptionsOfLoadNothingChanges() {
    Map<String, List<String>> parameters = new HashMap<>();
    rules(null, null, null).addTo(parameters);
    assertThat(parameters).isEmpty();
    assertThat(rules(null, null, null).select(List.of(STAT, LOAD), false))
        .containsExactly(STAT, LOAD);
  }

  @Test
  void optionsAreParameters() {
    Map<String, List<String>> parameters = new HashMap<>();
    rules("2000", null, "0.5s").addTo(parameters);
    assertThat(parameters)
        .isEqualTo(Map.of("rate", List.of("2000/s"), "duration", List.of("500ms")));
    rules(null, "p99.0 < 1s", null).addTo(parameters = new HashMap<>());
    assertThat(parameters).isEqualTo(Map.of("rate", List.of("max(p99<1s)")));
  }

  @Test
  void anOptionAndAParameterMustNotContradictEachOther() {
    Map<String, List<String>> parameters = new HashMap<>(Map.of("rate", List.of("1", "2")));
    assertThatThrownBy(() -> rules("2000", null, null).addTo(parameters))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--rate 2000/s with -p rate=1,2: they contradict each other; leave one of them out");
  }

  @Test
  void onlyWhatTakesARateRunsUnlessTheUserNamedMore() {
    assertThat(rules("2000", null, null).select(List.of(STAT, LOAD), false)).containsExactly(LOAD);
    assertThatThrownBy(() -> rules("2000", null, null).select(List.of(LOAD, STAT), true))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--rate 2000/s: MetadataBenchmark.stat takes no --rate; accepted: benchmarks with the"
                + " parameter 'rate', such as OpenLoop");
    assertThatThrownBy(() -> rules(null, null, "1s").select(List.of(STAT), false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--duration 1s: MetadataBenchmark.stat takes no --duration;");
  }
}
