package io.mooseng.bench.core.cli;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static io.mooseng.bench.core.plan.Plans.simulated;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSessionTest {

  private static Cell cell(int forks, int warmupForks, ResolvedTarget target) {
    Cell cell = Plans.cell(benchmark("StatBenchmark.stat", OperationKind.METADATA), target);
    Duration second = Duration.ofSeconds(1);
    Sizes sizes = new Sizes(forks, warmupForks, 1, second, 1, second);
    return new Cell(cell.benchmark(), cell.parameters(), cell.target(), sizes);
  }

  private static String announcement(Cell... cells) {
    return RunSession.announcement(
        new Plan(Arrays.stream(cells).map(List::of).toList(), List.of()));
  }

  @Test
  void announcesCellsForksAndTime() {
    assertThat(announcement(cell(1, 0, embedded()))).isEqualTo("1 cell, 1 fork, about 8 s");
    assertThat(announcement(cell(1, 0, embedded()), cell(3, 0, embedded())))
        .isEqualTo("2 cells, 4 forks, about 32 s");
  }

  @Test
  void countsForksThatOnlyWarmUp() {
    assertThat(announcement(cell(1, 2, embedded())))
        .isEqualTo("1 cell, 3 forks (2 of them to warm up), about 24 s");
  }

  @Test
  void announcesWhereNothingIsForked() {
    assertThat(announcement(cell(0, 0, embedded()))).isEqualTo("1 cell, in this JVM, about 8 s");
    assertThat(announcement(cell(5, 0, simulated()))).isEqualTo("1 cell, in virtual time");
  }
}
