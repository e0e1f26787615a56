package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code results.csv}: tidy, one line per row and metric; quoted and ended as in RFC 4180; UTF-8;
 * numbers with a point whatever the locale; nothing where there is no value.
 */
final class ResultsCsv {

  private static final List<String> COLUMNS =
      List.of(
          "run_id",
          "benchmark",
          "params",
          "target",
          "fidelity",
          "network_profile",
          "network_backend",
          "status",
          "metric",
          "value",
          "unit",
          "direction",
          "ci95_lo",
          "ci95_hi",
          "n",
          "jmh_mode",
          "network_rtt_p50_ms",
          "network_cannot_claim");

  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

  private ResultsCsv() {}

  static void begin(Path file) throws IOException {
    write(file, line(COLUMNS.stream()), StandardOpenOption.CREATE_NEW);
  }

  static void append(Path file, String runId, ResultRecord row) throws IOException {
    write(file, lines(runId, row), StandardOpenOption.APPEND);
  }

  /** Writes all rows anew. */
  static void replace(Path file, RunRecord run) throws IOException {
    String rows =
        run.results().stream().map(row -> lines(run.runId(), row)).collect(Collectors.joining());
    String text = line(COLUMNS.stream()) + rows;
    AtomicFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A row without metrics (it failed before anything was measured) still gets its line. */
  private static String lines(String runId, ResultRecord row) {
    return row.metrics().isEmpty()
        ? line(runId, row, "", new String[] {"", "", "", "", "", ""})
        : row.metrics().entrySet().stream()
            .map(metric -> line(runId, row, metric))
            .collect(Collectors.joining());
  }

  private static String line(String runId, ResultRecord row, Map.Entry<String, Metric> entry) {
    Metric metric = entry.getValue();
    Interval ci95 = metric.ci95();
    String[] values = {
      number(metric.value()),
      metric.unit(),
      metric.direction().label(),
      number(ci95 == null ? null : ci95.lo()),
      number(ci95 == null ? null : ci95.hi()),
      Long.toString(metric.n())
    };
    return line(runId, row, entry.getKey(), values);
  }

  private static String line(String runId, ResultRecord row, String metric, String[] values) {
    Stream<String> identity =
        Stream.of(
            runId,
            row.benchmark(),
            RowKey.paramsText(row.params()),
            row.target().label(),
            row.fidelity().label(),
            row.network().profile(),
            row.network().backend(),
            row.status().label(),
            metric);
    String mode = row.jmhMode() == null ? "" : row.jmhMode();
    Stream<String> network = Stream.of(mode, rtt(row.network()), effects(row.network()));
    return line(Stream.concat(Stream.concat(identity, Stream.of(values)), network));
  }

  private static String rtt(NetworkRecord network) {
    Object measured = network.measured().get("rttP50Millis");
    return measured instanceof Number millis ? number(millis.doubleValue()) : "";
  }

  /** The names alone; why is in {@code run.json}. */
  private static String effects(NetworkRecord network) {
    return network.cannotClaim().stream()
        .map(line -> line.substring(0, Math.max(line.indexOf(':'), 0)))
        .collect(Collectors.joining(";"));
  }

  /** One line, quoted and ended as the format has it. */
  static String line(Stream<String> fields) {
    return fields.map(ResultsCsv::quote).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quote(String field) {
    return NEEDS_QUOTES.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  /** As in {@code run.json}, so that both files hold the same digits. */
  static String number(Double value) {
    if (value == null) {
      return "";
    }
    return Frozen.isWhole(value)
        ? Long.toString(value.longValue())
        : NumberOutput.toString(value, true);
  }

  private static void write(Path file, String lines, OpenOption option) throws IOException {
    Files.write(file, lines.getBytes(StandardCharsets.UTF_8), option);
  }
}
