package io.mooseng.bench.core.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * JMH's own results of all cells, their forks joined as if JMH had run them together, for the tools
 * that read JMH's files.
 */
final class MergedResults {

  private final List<RunResult> rows = new ArrayList<>();

  /** Adds a cell that succeeded; {@code forks} is not empty. */
  void add(List<BenchmarkResult> forks) {
    BenchmarkParams params = withForks(forks.get(0).getParams(), forks.size());
    rows.add(new RunResult(params, forks));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  List<RunResult> rows() {
    return rows;
  }

  /** One fork a run is how we run JMH; how many there were is what its readers want to know. */
  private static BenchmarkParams withForks(BenchmarkParams one, int forks) {
    WorkloadParams workload = new WorkloadParams();
    one.getParamsKeys().forEach(key -> workload.put(key, one.getParam(key), 0));
    boolean forked = one.getForks() > 0;
    return new BenchmarkParams(
        one.getBenchmark(),
        one.generatedBenchmark(),
        one.shouldSynchIterations(),
        one.getThreads(),
        one.getThreadGroups(),
        one.getThreadGroupLabels(),
        forked ? forks : 0,
        one.getWarmupForks(),
        one.getWarmup(),
        one.getMeasurement(),
        one.getMode(),
        workload,
        one.getTimeUnit(),
        one.getOpsPerInvocation(),
        one.getJvm(),
        one.getJvmArgs(),
        one.getJdkVersion(),
        one.getVmName(),
        one.getVmVersion(),
        one.getJmhVersion(),
        one.getTimeout());
  }

  /**
   * Writes all rows in one of JMH's formats, replacing the file as a whole. Whatever is no ordinary
   * file, such as {@code /dev/stdout}, is written to and stays what it is.
   */
  void write(ResultFormatType format, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(format, out).writeOut(rows);
    }
    Path place = Files.exists(file) ? file.toRealPath() : file;
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      Files.write(place, bytes.toByteArray());
      return;
    }
    Path partial = place.resolveSibling(place.getFileName() + ".part");
    Files.write(partial, bytes.toByteArray());
    Files.move(partial, place, StandardCopyOption.REPLACE_EXISTING);
  }
}
