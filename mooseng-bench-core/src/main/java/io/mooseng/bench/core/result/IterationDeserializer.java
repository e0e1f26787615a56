package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.mooseng.bench.core.model.FailureKind;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads an iteration, as strictly as records are read elsewhere. Nearly all of a large run is
 * iterations; read by reflection they take twice the time, read by {@link ForkScanner} a fraction.
 */
final class IterationDeserializer extends StdDeserializer<IterationRecord> {

  /** Attribute of a reader, a {@link RunJson.Kept}; without it all is kept. */
  static final Object KEPT = "kept";

  private static final long serialVersionUID = 1L;

  /** In the order of their bits. */
  private static final String[] FIELDS = {
    "index",
    "operations",
    "errors",
    "bytes",
    "roundTrips",
    "spanNanos",
    "latencyNanos",
    "stageP50Nanos",
    "values"
  };

  private static final List<String> LATENCIES = List.of("p50", "p99", "max");

  private static final JavaType KIND =
      TypeFactory.defaultInstance().constructType(FailureKind.class);

  private static final int ALL = (1 << FIELDS.length) - 1;

  IterationDeserializer() {
    super(IterationRecord.class);
  }

  @Override
  public IterationRecord deserialize(JsonParser json, DeserializationContext context)
      throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      return (IterationRecord) context.handleUnexpectedToken(IterationRecord.class, json);
    }
    Draft draft = new Draft();
    int seen = 0;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      try {
        seen |= field(name, json, context, draft);
      } catch (JsonMappingException e) {
        throw JsonMappingException.wrapWithPath(e, draft, name);
      }
    }
    if (seen != ALL) {
      return context.reportInputMismatch(
          this, "%s is missing", FIELDS[Integer.numberOfTrailingZeros(~seen)]);
    }
    try {
      return draft.record();
    } catch (IllegalArgumentException e) {
      throw JsonMappingException.from(json, e.getMessage(), e);
    }
  }

  /** Reads the value of a field; what is returned is its bit, 0 if it is unknown. */
  private int field(String name, JsonParser json, DeserializationContext context, Draft draft)
      throws IOException {
    switch (name) {
      case "index" -> {
        draft.index = _parseIntPrimitive(json, context);
        return 1;
      }
      case "operations" -> {
        draft.operations = _parseLongPrimitive(json, context);
        return 1 << 1;
      }
      case "errors" -> {
        draft.errors = errors(json, context);
        return 1 << 2;
      }
      case "bytes" -> {
        draft.bytes = _parseLongPrimitive(json, context);
        return 1 << 3;
      }
      case "roundTrips" -> {
        draft.roundTrips = _parseLongPrimitive(json, context);
        return 1 << 4;
      }
      case "spanNanos" -> {
        draft.spanNanos = _parseLongPrimitive(json, context);
        return 1 << 5;
      }
      case "latencyNanos" -> {
        draft.latency = latency(json, context);
        return 1 << 6;
      }
      case "stageP50Nanos" -> {
        SortedMap<String, Long> stages = byName(json, context, Long.class);
        draft.stages = kept(context).stages() ? stages : Collections.emptySortedMap();
        return 1 << 7;
      }
      case "values" -> {
        draft.values = byName(json, context, Double.class);
        if (kept(context) != RunJson.Kept.ALL) {
          draft.values.keySet().removeIf(kept(context).values().negate());
        }
        return 1 << 8;
      }
      default -> {
        context.handleUnknownProperty(json, this, IterationRecord.class, name);
        return 0;
      }
    }
  }

  private static RunJson.Kept kept(DeserializationContext context) {
    Object kept = context.getAttribute(KEPT);
    return kept == null ? RunJson.Kept.ALL : (RunJson.Kept) kept;
  }

  private LatencySummary latency(JsonParser json, DeserializationContext context)
      throws IOException {
    Long[] found = new Long[LATENCIES.size()];
    int seen = 0;
    requireObject(json, context);
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      int at = LATENCIES.indexOf(name);
      try {
        if (at < 0) {
          context.handleUnknownProperty(json, this, LatencySummary.class, name);
        } else {
          seen |= 1 << at;
          found[at] =
              token == JsonToken.VALUE_NULL ? null : (Long) _parseLongPrimitive(json, context);
        }
      } catch (JsonMappingException e) {
        throw JsonMappingException.wrapWithPath(e, found, name);
      }
    }
    if (seen != (1 << LATENCIES.size()) - 1) {
      context.reportInputMismatch(
          this, "%s is missing", LATENCIES.get(Integer.numberOfTrailingZeros(~seen)));
    }
    return new LatencySummary(found[0], found[1], found[2]);
  }

  private Map<FailureKind, Long> errors(JsonParser json, DeserializationContext context)
      throws IOException {
    SortedMap<String, Long> byLabel = byName(json, context, Long.class);
    if (byLabel.isEmpty()) {
      return Map.of();
    }
    Map<FailureKind, Long> errors = new EnumMap<>(FailureKind.class);
    for (Map.Entry<String, Long> entry : byLabel.entrySet()) {
      KeyDeserializer kinds = context.findKeyDeserializer(KIND, null);
      errors.put((FailureKind) kinds.deserializeKey(entry.getKey(), context), entry.getValue());
    }
    return errors;
  }

  private static void requireObject(JsonParser json, DeserializationContext context)
      throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      context.handleUnexpectedToken(Map.class, json);
    }
  }

  private <V extends Number> SortedMap<String, V> byName(
      JsonParser json, DeserializationContext context, Class<V> type) throws IOException {
    requireObject(json, context);
    SortedMap<String, V> map = new TreeMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      try {
        map.put(name, token == JsonToken.VALUE_NULL ? null : number(json, context, type));
      } catch (JsonMappingException e) {
        throw JsonMappingException.wrapWithPath(e, map, name);
      }
    }
    return map;
  }

  private <V extends Number> V number(
      JsonParser json, DeserializationContext context, Class<V> type) throws IOException {
    return type == Long.class
        ? type.cast(_parseLongPrimitive(json, context))
        : type.cast(_parseDoublePrimitive(json, context));
  }

  /** Filled field by field. */
  private static final class Draft {
    private int index;
    private long operations;
    private Map<FailureKind, Long> errors;
    private long bytes;
    private long roundTrips;
    private long spanNanos;
    private LatencySummary latency;
    private SortedMap<String, Long> stages;
    private SortedMap<String, Double> values;

    private IterationRecord record() {
      return new IterationRecord(
          index, operations, errors, bytes, roundTrips, spanNanos, latency, stages, values);
    }
  }
}
