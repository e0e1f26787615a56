package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.FailureRecord;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  private static final int OPERATIONS = 100;

  private static RowHeader header(String method, String target, Fidelity fidelity) {
    return RowHeader.of(
        "io.mooseng.bench.file.FileReadBenchmark." + method,
        "avgt",
        Map.of("size", "1MB", "target", target),
        fidelity,
        null,
        new TargetRecord(target, "a system", null),
        NetworkRecord.none());
  }

  private static ResultRecord row(
      String method, String target, Fidelity fidelity, long nanos, long bytes) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(nanos, OPERATIONS);
    IterationRecord iteration =
        new IterationRecord(
            0,
            OPERATIONS,
            Map.of(),
            bytes,
            0,
            nanos * OPERATIONS,
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>());
    return ResultRecord.measured(
        header(method, target, fidelity),
        List.of(
            ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, Map.of())));
  }

  private static List<String> render(ResultRecord... rows) {
    RunRecord run = RunRecord.begun(SampleRuns.header());
    for (ResultRecord row : rows) {
      run = run.with(row);
    }
    return SideBySide.of(run);
  }

  @Test
  void aRatioStandsOnlyBetweenTargetsOfTheSameFidelity() {
    long bytes = 100L << 20;
    assertThat(
            render(
                row("read", "embedded", Fidelity.EMBEDDED, 1_000, bytes),
                row("read", "t1", Fidelity.LIVE, 500, bytes),
                row("read", "t2", Fidelity.LIVE, 2_000, bytes),
                row("stat", "t1", Fidelity.LIVE, 400, 0),
                ResultRecord.failed(
                    header("stat", "t2", Fidelity.LIVE),
                    List.of(),
                    new FailureRecord(FailureKind.TIMEOUT, "too late"))))
        .containsExactly(
            "Side by side   embedded         t1               t2",
            "               embedded       live             live",
            "FileReadBenchmark.read size=1MB avgt",
            "  p50              1 us     500 ns     2 us (4.00x)",
            "  MB/s        1,000,000  2,000,000  500,000 (0.25x)",
            "FileReadBenchmark.stat size=1MB avgt",
            "  p50                 -     400 ns           FAILED",
            "  op/s                -  2,500,000           FAILED",
            "");
  }

  @Test
  void oneTargetHasNothingBesideIt() {
    assertThat(
            render(
                row("read", "embedded", Fidelity.EMBEDDED, 1_000, 0),
                row("stat", "t1", Fidelity.LIVE, 1_000, 0)))
        .isEmpty();
  }
}
