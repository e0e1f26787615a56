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

  /** Prints all rows in one of JMH's formats. */
  void print(ResultFormatType format, PrintStream out) {
    ResultFormatFactory.getInstance(format, out).writeOut(rows);
  }

  /** Writes all rows in one of JMH's formats, replacing the file as a whole. */
  void replace(ResultFormatType format, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    Files.write(partial, bytes(format));
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes all rows in one of JMH's formats into a file that may also be a pipe or a device. */
  void write(ResultFormatType format, Path file) throws IOException {
    Files.write(file, bytes(format));
  }

  private byte[] bytes(ResultFormatType format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      print(format, out);
    }
    return bytes.toByteArray();
  }
}
