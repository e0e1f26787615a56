package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.SampleRuns;
import io.mooseng.bench.core.result.TargetRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StageTableTest {

  private static Histogram times(long nanos, int count) {
    Histogram histogram = new Histogram(3);
    histogram.recordValueWithCount(nanos, count);
    return histogram;
  }

  private static RunRecord run(Map<String, Histogram> stages) {
    Histogram latency = times(1_000, 100);
    IterationRecord iteration =
        new IterationRecord(
            0,
            100,
            Map.of(),
            0,
            0,
            1_000_000,
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>());
    ForkMeasurement fork =
        ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, stages);
    RowHeader row =
        RowHeader.of(
            "org.example.ReadBenchmark.read",
            "sample",
            Map.of("size", "1KB", "target", "t1"),
            Fidelity.LIVE,
            null,
            new TargetRecord("t1", "a system", null),
            NetworkRecord.none());
    return RunRecord.begun(SampleRuns.header()).with(ResultRecord.measured(row, List.of(fork)));
  }

  @Test
  void knowsEveryStageInItsOrder() {
    assertThat(StageTable.STEPS).isEqualTo(labels(Stage.Role.STEP));
    assertThat(StageTable.PARTS)
        .containsExactlyElementsOf(
            Arrays.stream(Stage.values())
                .filter(stage -> stage.role() != Stage.Role.STEP)
                .map(Stage::label)
                .toList());
  }

  private static List<String> labels(Stage.Role role) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.role() == role)
        .map(Stage::label)
        .toList();
  }

  /** A quarter of the operations waited for as long again as the others took in all. */
  @Test
  void aStageCountsByTheShareOfOperationsThatHaveIt() {
    RunRecord run =
        run(
            Map.of(
                "stage.queue", times(1_000, 25),
                "stage.transfer", times(730, 100),
                "stage.verify", times(500, 100)));
    assertThat(StageTable.of(run))
        .containsExactly(
            "Stages: share of the time of all operations, and times of those that have it",
            "ReadBenchmark.read size=1KB target=t1",
            "                    share       mean        p50        p99",
            "    queue          25.0 %       1 us       1 us          -",
            "    transfer       73.0 %     730 ns     730 ns          -",
            "    all            98.0 %       1 us       1 us          -",
            "    while these lasted:",
            "    verify         50.0 %     500 ns     500 ns          -",
            "");
  }

  @Test
  void rowsWithoutStagesHaveNoTable() {
    assertThat(StageTable.of(run(Map.of()))).isEmpty();
  }
}
