package io.mooseng.bench.core.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.result.RowKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads JSON that JMH wrote ({@code -rf json}). It tells the JVM but not the machine, nor when it
 * was measured, nor how: such values are series of their own, of fidelity {@code unknown}.
 */
final class JmhImport {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int ID_LENGTH = 6;
  private static final String THROUGHPUT = "thrpt";

  private JmhImport() {}

  /** JMH writes an array, a run of this program is an object. */
  static boolean looksLikeJmh(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream stream = Files.newInputStream(file)) {
      int first = stream.read();
      while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
        first = stream.read();
      }
      return first == '[';
    } catch (IOException e) {
      throw HistoryException.refused("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static HistoryEntry read(Path file, Entries.Said said) {
    byte[] bytes;
    Instant at;
    try {
      bytes = Files.readAllBytes(file);
      at = said.startedAt().orElse(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw HistoryException.refused("cannot read " + file + ": " + e.getMessage(), e);
    }
    List<HistoryEntry.Value> values = new ArrayList<>();
    JsonNode rows = tree(file, bytes);
    String fingerprint = "";
    for (JsonNode row : rows) {
      HistoryEntry.Value value = value(file, row);
      fingerprint = value.series().fingerprint();
      values.add(value);
    }
    StoredRun run =
        new StoredRun(
            TIMESTAMP.format(at) + "-" + Fingerprints.sha256(bytes).substring(0, ID_LENGTH),
            at,
            "imported",
            said.commit().orElse("none"),
            fingerprint,
            rows.size(),
            0);
    return new HistoryEntry(run, values, bytes);
  }

  private static JsonNode tree(Path file, byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      if (tree.isArray() && !tree.isEmpty()) {
        return tree;
      }
    } catch (IOException e) {
      throw HistoryException.refused(file + " is not JSON that JMH wrote: " + message(e), e);
    }
    throw HistoryException.refused(file + " is not JSON that JMH wrote: it holds no result");
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? "it ends early" : e.getMessage().lines().findFirst().orElse("");
  }

  private static HistoryEntry.Value value(Path file, JsonNode row) {
    String benchmark = text(file, row, "benchmark");
    String mode = text(file, row, "mode");
    JsonNode metric = row.path("primaryMetric");
    JsonNode score = metric.path("score");
    if (!score.isNumber() || !Double.isFinite(score.asDouble())) {
      throw HistoryException.refused(file + ": " + benchmark + " has no score that is a number");
    }
    Map<String, String> params = new TreeMap<>();
    row.path("params").properties().forEach(p -> params.put(p.getKey(), p.getValue().asText()));
    SeriesKey series =
        new SeriesKey(
            simple(benchmark),
            mode,
            RowKey.paramsText(params),
            "none",
            "unknown",
            "jmh.score",
            text(file, metric, "scoreUnit"),
            mode.equals(THROUGHPUT) ? Direction.HIGHER : Direction.LOWER,
            Fingerprints.of(jvm(row)));
    long samples = 0;
    for (JsonNode fork : metric.path("rawData")) {
      samples += fork.size();
    }
    // JMH's interval is one of 99.9 %, over iterations: not ours, and not kept as if it were.
    return new HistoryEntry.Value(series, score.asDouble(), null, null, samples);
  }

  /** What the file says of where it was made, and how long each row was measured. */
  private static Map<String, String> jvm(JsonNode row) {
    Map<String, String> facts = new TreeMap<>();
    for (String name :
        List.of(
            "jdkVersion",
            "vmName",
            "vmVersion",
            "jvmArgs",
            "threads",
            "forks",
            "warmupIterations",
            "warmupTime",
            "measurementIterations",
            "measurementTime")) {
      facts.put(name, row.path(name).isMissingNode() ? "none" : row.path(name).toString());
    }
    return facts;
  }

  private static String simple(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  private static String text(Path file, JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw HistoryException.refused(
          file + " is not JSON that JMH wrote: a result has no '" + name + "'");
    }
    return value.asText();
  }
}
