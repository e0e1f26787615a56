package io.mooseng.bench.core.plan;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Benchmarks and profiles that tests of the planner plan. */
final class PlannerFixture {

  static final BenchmarkEntry READ =
      benchmark("ReadBenchmark.read", OperationKind.READ, "size=1KB,1MB", "inFlight=1,8");
  static final BenchmarkEntry STAT = benchmark("MetadataBenchmark.stat", OperationKind.METADATA);
  static final BenchmarkEntry CONNECT = benchmark("ConnectBenchmark.tcp", OperationKind.CONNECTION);
  static final BenchmarkEntry OVERHEAD =
      benchmark("OverheadBenchmark.record", OperationKind.HARNESS);
  static final Sizes OF_PROFILE = new Sizes(1, 0, Duration.ofMillis(50), 1, Duration.ofMillis(50));

  private PlannerFixture() {}

  static Profile profile(Profile.Selection... selections) {
    return new Profile("test", "for tests", OF_PROFILE, List.of(selections));
  }

  static Profile.Selection selection(
      String regexp, boolean first, Sizes sizes, Map<String, List<String>> parameters) {
    return new Profile.Selection(Pattern.compile(regexp), parameters, sizes, List.of(), first);
  }

  static Plan plan(
      List<BenchmarkEntry> benchmarks,
      Map<String, List<String>> parameters,
      ResolvedTarget... targets) {
    return Planner.plan(
        new PlanRequest(
            benchmarks,
            parameters,
            Sizes.NONE,
            Optional.empty(),
            Optional.empty(),
            List.of(targets)));
  }

  static Plan chosenBy(Profile profile, Sizes user, BenchmarkEntry... benchmarks) {
    return Planner.plan(
        new PlanRequest(
            List.of(benchmarks),
            Map.of(),
            user,
            Optional.of(profile),
            Optional.of(profile),
            List.of(embedded())));
  }

  static List<String> described(Plan plan) {
    return plan.cells().stream().map(Cell::describe).toList();
  }

  static void assertRefused(
      List<BenchmarkEntry> benchmarks, String name, String value, String message) {
    assertThatThrownBy(() -> plan(benchmarks, Map.of(name, List.of(value)), embedded()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }
}
