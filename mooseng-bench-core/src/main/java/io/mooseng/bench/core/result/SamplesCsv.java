package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code samples.csv}: tidy, one line per window and metric, in the same form as {@code
 * results.csv}. A window is written at once, with the one write of its lines.
 */
final class SamplesCsv {

  private static final List<String> COLUMNS =
      List.of(
          "run_id",
          "benchmark",
          "params",
          "window",
          "from",
          "until",
          "metric",
          "value",
          "unit",
          "direction",
          "n");

  private SamplesCsv() {}

  /** Appends a window; the file is made, with its head, if it is not there. */
  static void append(Path file, String runId, SoakSample sample) throws IOException {
    String head = Files.exists(file) ? "" : ResultsCsv.line(COLUMNS.stream());
    String lines =
        sample.metrics().entrySet().stream()
            .map(entry -> line(runId, sample, entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    Files.write(
        file,
        (head + lines).getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String line(String runId, SoakSample sample, String name, Metric metric) {
    return ResultsCsv.line(
        Stream.of(
            runId,
            sample.benchmark(),
            RowKey.paramsText(sample.params()),
            Integer.toString(sample.window()),
            sample.from().toString(),
            sample.until().toString(),
            name,
            ResultsCsv.number(metric.value()),
            metric.unit(),
            metric.direction().label(),
            Long.toString(metric.n())));
  }
}
