package io.mooseng.bench.core.analysis.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mooseng.bench.core.result.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By how much the same build seems to differ from itself on one machine, by metric. Immutable.
 *
 * @param machine facts of the machine: all hard ones but the workload
 * @param effects sizes of changes that had no cause, as shares, oldest first
 */
public record NoiseFloors(
    SortedMap<String, String> machine, SortedMap<String, List<Double>> effects) {

  private static final int SCHEMA_VERSION = 1;
  private static final String WORKLOAD = "workload.hash";

  /** Older ones are forgotten: machines change. */
  private static final int MOST_EFFECTS = 400;

  private static final double QUANTILE = 0.95;
  private static final int HASH_DIGITS = 12;

  public NoiseFloors {
    machine = Collections.unmodifiableSortedMap(new TreeMap<>(machine));
    effects = Collections.unmodifiableSortedMap(new TreeMap<>(effects));
  }

  /** Nothing is known of a machine. */
  public static NoiseFloors none(Environment environment) {
    SortedMap<String, String> machine = new TreeMap<>(environment.hard());
    machine.remove(WORKLOAD);
    return new NoiseFloors(machine, new TreeMap<>());
  }

  /** For instance {@code noise-0123456789ab.json}: one for each machine. */
  public String fileName() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      machine.forEach(
          (name, value) ->
              digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
      String hash = HexFormat.of().formatHex(digest.digest());
      return "noise-" + hash.substring(0, HASH_DIGITS) + ".json";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is no such file, or one of another machine
   */
  public static NoiseFloors read(Path file, Environment environment) {
    NoiseFloors known = parse(file);
    NoiseFloors here = none(environment);
    here.machine.forEach(
        (name, value) -> {
          if (!value.equals(known.machine.get(name))) {
            throw new IllegalArgumentException(
                "it is that of another machine: %s: %s v %s"
                    .formatted(name, known.machine.get(name), value));
          }
        });
    return known;
  }

  private static NoiseFloors parse(Path file) {
    try {
      JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
      if (root.path("schemaVersion").asInt() != SCHEMA_VERSION) {
        throw new IllegalArgumentException(
            "not the noise of a machine, or that of another version of this program");
      }
      SortedMap<String, String> machine = new TreeMap<>();
      root.path("machine")
          .properties()
          .forEach(entry -> machine.put(entry.getKey(), entry.getValue().asText()));
      SortedMap<String, List<Double>> effects = new TreeMap<>();
      for (Map.Entry<String, JsonNode> metric : root.path("effects").properties()) {
        effects.put(metric.getKey(), numbers(metric.getKey(), metric.getValue()));
      }
      return new NoiseFloors(machine, effects);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Double> numbers(String metric, JsonNode list) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode one : list) {
      if (!one.isNumber() || !(one.asDouble() >= 0 && Double.isFinite(one.asDouble()))) {
        throw new IllegalArgumentException(
            "effects." + metric + ": " + one + "; accepted: numbers from 0");
      }
      numbers.add(one.asDouble());
    }
    return numbers;
  }

  /** Replaces the file as a whole. */
  public void write(Path file) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("machine", machine);
    root.put("effects", effects);
    byte[] bytes =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(root);
    Path whole = file.toAbsolutePath();
    Files.createDirectories(whole.getParent());
    Path temporary = Files.createTempFile(whole.getParent(), "noise", ".tmp");
    Files.write(temporary, bytes);
    Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
  }

  /** These, and those of a comparison of a build with itself. */
  public NoiseFloors plus(Comparison same) {
    SortedMap<String, List<Double>> more = new TreeMap<>();
    effects.forEach((metric, known) -> more.put(metric, new ArrayList<>(known)));
    for (ComparedRow row : same.rows()) {
      if (row.difference() != null) {
        List<Double> all = more.computeIfAbsent(row.metric(), m -> new ArrayList<>());
        all.add(Math.abs(row.difference().change()));
        while (all.size() > MOST_EFFECTS) {
          all.remove(0);
        }
      }
    }
    return new NoiseFloors(machine, more);
  }

  /** By metric, the 95th percentile of the effects (nearest rank). */
  public Map<String, Double> floors() {
    Map<String, Double> floors = new TreeMap<>();
    effects.forEach(
        (metric, all) -> {
          if (!all.isEmpty()) {
            List<Double> sorted = all.stream().sorted().toList();
            int rank = (int) Math.ceil(QUANTILE * sorted.size());
            floors.put(metric, sorted.get(rank - 1));
          }
        });
    return floors;
  }
}
