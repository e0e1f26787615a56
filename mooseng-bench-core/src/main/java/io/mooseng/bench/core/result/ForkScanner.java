package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.FailureKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads forks from the JSON of a run as {@link RunJson} writes it: all fields, in their order,
 * names without escapes. Whatever differs is {@link JsonBytes.Unfamiliar}, right or wrong, and left
 * to a reader that knows all of JSON. What this one accepts, that one would read as the same.
 *
 * <p>Nearly all of a large run is forks. So read, they take a tenth of the time.
 */
final class ForkScanner {

  private static final JsonBytes.Field INDEX = JsonBytes.Field.element("index", 5);
  private static final JsonBytes.Field OPERATIONS = JsonBytes.Field.later("operations", 5);
  private static final JsonBytes.Field ERRORS = JsonBytes.Field.later("errors", 5);
  private static final JsonBytes.Field BYTES = JsonBytes.Field.later("bytes", 5);
  private static final JsonBytes.Field ROUND_TRIPS = JsonBytes.Field.later("roundTrips", 5);
  private static final JsonBytes.Field SPAN = JsonBytes.Field.later("spanNanos", 5);
  private static final JsonBytes.Field LATENCY = JsonBytes.Field.later("latencyNanos", 5);
  private static final JsonBytes.Field P50 = JsonBytes.Field.first("p50", 6);
  private static final JsonBytes.Field P99 = JsonBytes.Field.later("p99", 6);
  private static final JsonBytes.Field MAX = JsonBytes.Field.later("max", 6);
  private static final JsonBytes.Field STAGES = JsonBytes.Field.later("stageP50Nanos", 5);
  private static final JsonBytes.Field VALUES = JsonBytes.Field.later("values", 5);
  private static final JsonBytes.Field FORK = JsonBytes.Field.element("fork", 4);
  private static final JsonBytes.Field SCORES = JsonBytes.Field.later("jmhScores", 4);
  private static final JsonBytes.Field UNIT = JsonBytes.Field.first("unit", 5);
  private static final JsonBytes.Field SCORE = JsonBytes.Field.later("perIteration", 5);
  private static final JsonBytes.Field ITERATIONS = JsonBytes.Field.later("iterations", 4);

  private final JsonBytes json;
  private final boolean stages;
  private final Predicate<String> values;

  /**
   * @param json where to read from
   * @param stages whether stages of iterations are kept
   * @param values the names of those values of iterations that are kept
   */
  ForkScanner(JsonBytes json, boolean stages, Predicate<String> values) {
    this.json = json;
    this.stages = stages;
    this.values = values;
  }

  /**
   * Reads the fork at the current position, and leaves the position behind it.
   *
   * @throws JsonBytes.Unfamiliar if it is written otherwise
   * @throws JsonBytes.Incomplete if it goes on behind the bytes that are there
   */
  ForkRecord next() {
    try {
      int fork = json.intOf(FORK);
      json.name(SCORES);
      JmhScores scores = json.isNull() ? null : scores();
      json.name(ITERATIONS);
      List<IterationRecord> iterations = iterations();
      json.expect('}');
      return new ForkRecord(fork, scores, iterations);
    } catch (IllegalArgumentException e) {
      // A record refuses it: the other reader says where.
      throw JsonBytes.UNFAMILIAR;
    }
  }

  private JmhScores scores() {
    json.name(UNIT);
    String unit = json.text();
    json.name(SCORE);
    json.expect('[');
    List<Double> scores = new ArrayList<>();
    if (!json.accept(']')) {
      do {
        scores.add(json.isNull() ? null : (Double) json.doubleValue());
      } while (json.accept(','));
      json.expect(']');
    }
    json.expect('}');
    return new JmhScores(unit, scores);
  }

  private List<IterationRecord> iterations() {
    List<IterationRecord> iterations = new ArrayList<>();
    json.expect('[');
    if (!json.accept(']')) {
      do {
        iterations.add(iteration());
      } while (json.accept(','));
      json.expect(']');
    }
    return iterations;
  }

  private IterationRecord iteration() {
    int index = json.intOf(INDEX);
    long operations = json.longOf(OPERATIONS);
    json.name(ERRORS);
    Map<FailureKind, Long> errors = errors();
    long bytes = json.longOf(BYTES);
    long roundTrips = json.longOf(ROUND_TRIPS);
    long spanNanos = json.longOf(SPAN);
    json.name(LATENCY);
    LatencySummary latency = latency();
    json.name(STAGES);
    SortedMap<String, Long> p50 = stages();
    json.name(VALUES);
    SortedMap<String, Double> kept = values();
    json.expect('}');
    return new IterationRecord(
        index, operations, errors, bytes, roundTrips, spanNanos, latency, p50, kept);
  }

  private LatencySummary latency() {
    json.name(P50);
    Long p50 = longOrNull();
    json.name(P99);
    Long p99 = longOrNull();
    json.name(MAX);
    Long max = longOrNull();
    json.expect('}');
    return new LatencySummary(p50, p99, max);
  }

  private Long longOrNull() {
    return json.isNull() ? null : (Long) json.longValue();
  }

  private Map<FailureKind, Long> errors() {
    json.expect('{');
    if (json.accept('}')) {
      return Map.of();
    }
    Map<FailureKind, Long> errors = new EnumMap<>(FailureKind.class);
    do {
      FailureKind kind = kind(json.name());
      if (errors.put(kind, json.longValue()) != null) {
        throw JsonBytes.UNFAMILIAR;
      }
    } while (json.accept(','));
    json.expect('}');
    return errors;
  }

  private static FailureKind kind(String label) {
    for (FailureKind kind : FailureKind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw JsonBytes.UNFAMILIAR;
  }

  private SortedMap<String, Long> stages() {
    json.expect('{');
    if (json.accept('}')) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, Long> map = stages ? new TreeMap<>() : Collections.emptySortedMap();
    String before = "";
    do {
      String name = later(before);
      before = name;
      long value = json.longValue();
      if (stages) {
        map.put(name, value);
      }
    } while (json.accept(','));
    json.expect('}');
    return map;
  }

  private SortedMap<String, Double> values() {
    json.expect('{');
    if (json.accept('}')) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, Double> map = Collections.emptySortedMap();
    String before = "";
    do {
      String name = later(before);
      before = name;
      if (values.test(name)) {
        map = map.isEmpty() ? new TreeMap<>() : map;
        map.put(name, json.doubleValue());
      } else {
        json.skipNumber();
      }
    } while (json.accept(','));
    json.expect('}');
    return map;
  }

  /** A name behind {@code before} in the order in which they are written: none occurs twice. */
  private String later(String before) {
    String name = json.name();
    if (name.compareTo(before) <= 0) {
      throw JsonBytes.UNFAMILIAR;
    }
    return name;
  }
}
