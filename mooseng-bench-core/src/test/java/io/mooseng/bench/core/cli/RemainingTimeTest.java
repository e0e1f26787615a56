package io.mooseng.bench.core.cli;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static io.mooseng.bench.core.plan.Plans.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In virtual time: forks take what the test says. */
class RemainingTimeTest {

  private static final long CEILINGS_NANOS = Duration.ofSeconds(40).toNanos();

  private long nanos = -7;

  private static Cell cell(String name, ResolvedTarget target, Sizes sizes) {
    Cell cell = Plans.cell(benchmark("SomeBenchmark." + name, OperationKind.RPC), target);
    return new Cell(cell.benchmark(), cell.parameters(), cell.target(), sizes);
  }

  private static Sizes sizes(int forks, int warmupForks, long millis) {
    return new Sizes(
        forks, warmupForks, 1, Duration.ofMillis(millis), 2, Duration.ofMillis(millis));
  }

  private static Plan plan(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Cell>> groups = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Sizes sizes = sizes(1 + random.nextInt(5), random.nextInt(3), 100 + random.nextInt(3_000));
      List<Cell> group = new ArrayList<>(List.of(cell("m" + i, embedded(), sizes)));
      if (random.nextBoolean()) {
        group.add(cell("m" + i, target("t2", Fidelity.CONTROL, "memory:/"), sizes));
      }
      groups.add(group);
    }
    return new Plan(groups, List.of());
  }

  /** What was shown at the start of a fork, and what is left of the estimate by then. */
  private record Shown(double nanos, double estimatedNanos) {
    double pace() {
      return nanos / estimatedNanos;
    }
  }

  /** Runs the plan as {@code PlanRunner} does; every fork takes {@code factor} of its estimate. */
  private List<Shown> run(Plan plan, double factor) {
    RemainingTime remaining = new RemainingTime(plan, () -> nanos);
    nanos += CEILINGS_NANOS;
    Duration left = plan.estimate();
    List<Shown> shown = new ArrayList<>();
    for (List<Cell> group : plan.groups()) {
      for (int fork = 1; fork <= Plan.measurements(group.get(0)); fork++) {
        for (Cell cell : group) {
          shown.add(new Shown(remaining.atStartOf(cell, fork).toNanos(), left.toNanos()));
          Duration estimated = Plan.estimateOfTurn(cell, fork);
          left = left.minus(estimated);
          nanos += (long) (estimated.toNanos() * factor);
        }
      }
    }
    assertThat(left).as("the test ran everything").isZero();
    return shown;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void forksThatTakeTwiceTheEstimateLeadToTwiceTheRemainingTime(long seed) {
    List<Shown> shown = run(plan(seed), 2);
    assertThat(shown.get(0).pace()).isCloseTo(1, within(1e-6));
    for (int i = 1; i < shown.size(); i++) {
      assertThat(shown.get(i).pace())
          .as("never away from the truth, and never past it")
          .isGreaterThan(shown.get(i - 1).pace())
          .isLessThan(2);
    }
    assertThat(shown.get(shown.size() - 1).pace()).isCloseTo(2, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void forksThatTakeWhatWasEstimatedLeaveWhatIsLeft(long seed) {
    assertThat(run(plan(seed), 1))
        .allSatisfy(shown -> assertThat(shown.pace()).isCloseTo(1, within(1e-6)));
  }

  @Test
  void aFailedCellTakesNoMoreTurns() {
    Cell fails = cell("m", embedded(), sizes(4, 0, 1_000));
    Cell lasts = cell("m", target("t2", Fidelity.CONTROL, "memory:/"), sizes(4, 0, 1_000));
    Plan plan = new Plan(List.of(List.of(fails, lasts)), List.of());
    RemainingTime remaining = new RemainingTime(plan, () -> nanos);
    Duration fork = Plan.estimateOfFork(fails);
    assertThat(remaining.atStartOf(fails, 1)).isEqualTo(fork.multipliedBy(8));
    nanos += fork.toNanos();
    assertThat(remaining.atStartOf(lasts, 1)).isEqualTo(fork.multipliedBy(7));
    nanos += fork.toNanos();
    remaining.atStartOf(lasts, 2);
    nanos += fork.toNanos();
    assertThat(remaining.atStartOf(lasts, 3)).isEqualTo(fork.multipliedBy(2));
  }
}
