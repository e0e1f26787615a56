package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** The files of a run directory, read as any other tool would. */
final class RunFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  private RunFiles(Path directory) {
    this.directory = directory;
  }

  /** The only run below {@code results}. */
  static RunFiles onlyOneIn(Path results) throws IOException {
    List<Path> runs = list(results);
    assertThat(runs).as("run directories").hasSize(1);
    return new RunFiles(runs.get(0));
  }

  /** How many rows the only run below {@code results} has written so far. */
  static int rowsIn(Path results) throws IOException {
    if (!Files.isDirectory(results) || list(results).isEmpty()) {
      return 0;
    }
    return onlyOneIn(results).rows().size();
  }

  private static List<Path> list(Path results) throws IOException {
    try (Stream<Path> entries = Files.list(results)) {
      return entries.toList();
    }
  }

  static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  JsonNode run() throws IOException {
    return json(file("run.json"));
  }

  List<JsonNode> rows() throws IOException {
    return StreamSupport.stream(run().path("results").spliterator(), false).toList();
  }

  JsonNode onlyRow() throws IOException {
    assertThat(rows()).hasSize(1);
    return rows().get(0);
  }

  /** The row of a benchmark, by class and method. */
  JsonNode row(String benchmark) throws IOException {
    return rows().stream()
        .filter(row -> row.path("benchmark").asText().equals(benchmark))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row of " + benchmark));
  }

  /** The latencies of a row's successes, in nanoseconds, from the log of histograms. */
  Histogram latencies(JsonNode row) throws IOException {
    List<String> pairs = new ArrayList<>();
    row.path("params")
        .properties()
        .forEach(pair -> pairs.add(pair.getKey() + "=" + pair.getValue().asText()));
    String params = pairs.stream().sorted().collect(Collectors.joining(";"));
    Histogram all = new Histogram(3);
    try (HistogramLogReader reader = new HistogramLogReader(file("histograms.hlog").toFile())) {
      EncodableHistogram next;
      while ((next = reader.nextIntervalHistogram()) != null) {
        String[] tag = next.getTag().split("\\|", -1);
        boolean ofRow = tag[0].equals(row.path("benchmark").asText()) && tag[3].equals(params);
        if (ofRow && tag[5].equals("latency")) {
          all.add((Histogram) next);
        }
      }
    }
    return all;
  }

  Path file(String name) {
    return directory.resolve(name);
  }
}
