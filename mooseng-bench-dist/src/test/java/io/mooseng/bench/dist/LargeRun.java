package io.mooseng.bench.dist;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mooseng.bench.core.result.RunPrinter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A run of very many rows: those of a small real run again and again, each time with another value
 * of the parameter {@code copy}, histograms included. Forks are copies, too; the time each took has
 * a noise of 2 %.
 *
 * @param rows how many
 * @param forks of each row
 * @param seed of the noise
 * @param slower row {@link #SLOWER_ROW} takes so much more time, as a share
 */
record LargeRun(int rows, int forks, long seed, double slower) {

  static final int ROWS = 10_000;
  static final int SLOWER_ROW = 7;

  private static final double NOISE = 0.02;

  /**
   * @param small a run of one fork
   * @param to an empty directory
   */
  void write(RunFiles small, Path to) throws IOException {
    ObjectNode run = (ObjectNode) small.run();
    List<JsonNode> originals = small.rows();
    run.remove("results");
    try (BufferedWriter file = Files.newBufferedWriter(to.resolve("run.json"))) {
      JsonGenerator json = new ObjectMapper().createGenerator(file);
      json.setPrettyPrinter(new RunPrinter());
      json.writeStartObject();
      for (Map.Entry<String, JsonNode> field : run.properties()) {
        json.writeFieldName(field.getKey());
        json.writeTree(field.getValue());
      }
      json.writeArrayFieldStart("results");
      Random noise = new Random(new SplittableRandom(seed).nextLong());
      for (int i = 0; i < rows; i++) {
        json.writeTree(row(originals.get(i % originals.size()), i, noise));
      }
      json.writeEndArray();
      json.writeEndObject();
      json.close();
    }
    histograms(small, originals, to.resolve("histograms.hlog"));
  }

  private ObjectNode row(JsonNode original, int number, Random noise) {
    ObjectNode row = original.deepCopy();
    ((ObjectNode) row.get("params")).put("copy", Integer.toString(number));
    JsonNode fork = row.path("forks").get(0);
    ArrayNode forksOfRow = row.putArray("forks");
    for (int f = 0; f < forks; f++) {
      double time = Math.exp(NOISE * noise.nextGaussian());
      time *= number == SLOWER_ROW ? 1 + slower : 1;
      ObjectNode copy = fork.deepCopy();
      copy.put("fork", f);
      for (JsonNode iteration : copy.path("iterations")) {
        scale((ObjectNode) iteration, "spanNanos", time);
        scale((ObjectNode) iteration.path("latencyNanos"), "p50", time);
      }
      forksOfRow.add(copy);
    }
    return row;
  }

  private static void scale(ObjectNode node, String field, double by) {
    node.put(field, Math.round(node.path(field).asLong() * by));
  }

  private void histograms(RunFiles small, List<JsonNode> originals, Path to) throws IOException {
    List<String> lines = Files.readAllLines(small.file("histograms.hlog"));
    try (BufferedWriter log = Files.newBufferedWriter(to)) {
      for (String line : lines) {
        if (!line.startsWith("Tag=")) {
          log.append(line).append('\n');
        }
      }
      for (int i = 0; i < rows; i++) {
        String size = originals.get(i % originals.size()).path("params").path("size").asText();
        for (String line : lines) {
          if (line.contains("size=" + size + ";")) {
            for (int f = 0; f < forks; f++) {
              log.append(copy(line, i, f)).append('\n');
            }
          }
        }
      }
    }
  }

  /** Parameters stand in the order of their names; behind them, the fork. */
  private static String copy(String line, int number, int fork) {
    return line.replaceFirst("\\|cache=([^;|]*);", "|cache=$1;copy=" + number + ";")
        .replaceFirst("\\|0\\|([^|]*),", "|" + fork + "|$1,");
  }
}
