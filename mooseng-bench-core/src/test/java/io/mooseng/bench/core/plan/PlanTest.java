package io.mooseng.bench.core.plan;

import static io.mooseng.bench.core.plan.Plans.ANNOTATED;
import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static io.mooseng.bench.core.plan.Plans.simulated;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.link.ChosenNetwork;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final BenchmarkEntry STAT =
      benchmark("MetadataBenchmark.stat", OperationKind.METADATA);

  /** 3 x 1 s of warm-up, 5 x 2 s of measurement, and 6 s to start and end. */
  private static final Duration FORK = Duration.ofSeconds(3 + 10 + 6);

  @Test
  void theEstimateAddsUpForksAndIterations() {
    Cell cell = sized(embedded(), ANNOTATED);
    assertThat(Plan.estimateOfFork(cell)).isEqualTo(FORK);
    assertThat(new Plan(List.of(List.of(cell), List.of(cell)), List.of()).estimate())
        .isEqualTo(FORK.multipliedBy(2 * 5));
    Cell inThisJvm = sized(embedded(), new Sizes(0, null, null, null, null).or(ANNOTATED));
    assertThat(Plan.estimate(inThisJvm)).isEqualTo(FORK);
  }

  @Test
  void warmUpForksTakeAsLongAsOthers() {
    Sizes user = new Sizes(2, 3, 1, Duration.ofSeconds(1), 1, Duration.ofSeconds(2));
    Cell cell = sized(embedded(), user);
    assertThat(Plan.warmupForks(cell)).isEqualTo(3);
    // 2 + 3 forks of 1 s warm-up and 2 s measurement, and 6 s to start and end each.
    assertThat(Plan.estimate(cell)).isEqualTo(Duration.ofSeconds(5 * 9));
    assertThat(Plan.warmupForks(sized(simulated(), user))).as("a model").isZero();
    Sizes inThisJvm = new Sizes(0, 3, 1, Duration.ofSeconds(1), 1, Duration.ofSeconds(2));
    assertThat(Plan.warmupForks(sized(embedded(), inThisJvm))).isZero();
  }

  @Test
  void aSystemThatAForkStartsTakesItsTime() {
    Cell cell = sized(embedded(), ANNOTATED);
    Cell starts =
        new Cell(
            Plans.with(Trait.STARTS_SYSTEM, cell.benchmark()),
            cell.parameters(),
            cell.target(),
            cell.sizes());
    assertThat(Plan.estimateOfFork(starts)).isEqualTo(FORK.plusSeconds(5));
  }

  @Test
  void aLinkIsMeasuredBeforeEveryFork() {
    Cell cell = sized(embedded(), ANNOTATED);
    LinkPath path = LinkPath.of(LinkProfile.symmetric("test", Duration.ofMillis(100), "this test"));
    ChosenNetwork link = new ChosenNetwork(path, LinkBackends.load().named("relay").orElseThrow());
    Cell behindIt =
        new Cell(
            cell.benchmark(), cell.parameters(), cell.target(), cell.sizes(), Optional.of(link));
    assertThat(Plan.estimateOfFork(behindIt)).isEqualTo(FORK.plusMillis(2_000 + 15 * 100));
  }

  private static Cell sized(ResolvedTarget target, Sizes sizes) {
    Cell cell = Plans.cell(STAT, target);
    return new Cell(cell.benchmark(), cell.parameters(), cell.target(), sizes);
  }
}
