package io.mooseng.bench.core.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** Results as JMH makes them, without running it. */
final class JmhSamples {

  private JmhSamples() {}

  static BenchmarkParams params(String benchmark) {
    WorkloadParams workload = new WorkloadParams();
    workload.put("size", "1KB", 0);
    workload.put("target", "embedded", 0);
    return new BenchmarkParams(
        benchmark,
        benchmark + "_generated",
        true,
        1,
        new int[] {1},
        List.of("read"),
        1,
        0,
        iterations(IterationType.WARMUP, 3),
        iterations(IterationType.MEASUREMENT, 2),
        Mode.AverageTime,
        workload,
        TimeUnit.MICROSECONDS,
        1,
        "/java",
        List.of("-Xmx1g"),
        "17.0.1",
        "OpenJDK",
        "17.0.1+1",
        "1.37",
        TimeValue.minutes(10));
  }

  private static IterationParams iterations(IterationType type, int count) {
    return new IterationParams(type, count, TimeValue.seconds(1), 1);
  }

  /** One fork with an iteration for each score, in us/op. */
  static BenchmarkResult fork(String benchmark, double... microsPerOperation) {
    BenchmarkParams params = params(benchmark);
    List<IterationResult> iterations = new ArrayList<>();
    for (double micros : microsPerOperation) {
      IterationResult iteration =
          new IterationResult(params, params.getMeasurement(), new IterationResultMetaData(1, 1));
      iteration.addResult(
          new AverageTimeResult(
              ResultRole.PRIMARY, "read", 1, (long) (micros * 1_000), TimeUnit.MICROSECONDS));
      iterations.add(iteration);
    }
    return new BenchmarkResult(params, iterations);
  }
}
