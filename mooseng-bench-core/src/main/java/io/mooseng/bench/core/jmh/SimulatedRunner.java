package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.LinkChoice;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.simulated.SimulatedDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers a cell from the model: the benchmark's own code runs against the simulated target on a
 * virtual clock. JMH is not started, because its clock would time the model.
 */
final class SimulatedRunner {

  /** Bounds the work of cells whose operations take no virtual time worth mentioning. */
  private static final int MOST_CALLS_PER_ITERATION = 20_000;

  private SimulatedRunner() {}

  /** Runs one fork of the row's cell: as many virtual iterations as JMH would run real ones. */
  static void run(RowBuilder row, long seed, WorkloadFiles workload) {
    Cell cell = row.cell();
    SimulationModel standard = SimulationModel.standard();
    SimulatedDriver driver =
        new SimulatedDriver(cell.linkRtt().map(standard::withRtt).orElse(standard), seed);
    ForkContext context = ForkContext.enter(driver.ticker(), seed, connections -> driver, workload);
    try (BenchmarkTrial trial =
        BenchmarkTrial.in(
            context, benchmarkClass(cell), cell.benchmark().method(), cell.parameters())) {
      List<RecordedInterval> intervals = new ArrayList<>();
      for (int i = 0; i < cell.sizes().iterations(); i++) {
        intervals.add(trial.iterate(cell.sizes().time(), MOST_CALLS_PER_ITERATION));
      }
      row.network(network(cell));
      row.addSimulated(driver.identity(), intervals);
    } catch (SessionException e) {
      row.fail(e.kind(), e.getMessage());
    } catch (RuntimeException e) {
      row.fail(FailureKind.INTERNAL, "threw " + e);
    }
  }

  private static NetworkRecord network(Cell cell) {
    Optional<Duration> rtt = cell.linkRtt();
    return NetworkRecord.of(
        rtt.map(asked -> LinkChoice.pathOf(asked).name()).orElse("none"),
        "simulated",
        rtt.map(asked -> LinkInFront.requested(LinkChoice.pathOf(asked))).orElse(Map.of()),
        Map.of(),
        List.of("no byte crossed a network"),
        List.of());
  }

  private static Class<?> benchmarkClass(Cell cell) {
    try {
      return Class.forName(cell.benchmark().className());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          cell.benchmark().className() + " is not on the class path", e);
    }
  }
}
