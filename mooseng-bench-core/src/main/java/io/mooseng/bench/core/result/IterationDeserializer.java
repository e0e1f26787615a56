package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.mooseng.bench.core.model.FailureKind;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads an iteration; of its values, only those that are asked for are kept. */
final class IterationDeserializer
    extends RecordDeserializer<IterationRecord, IterationDeserializer.Draft> {

  /** Attribute of a reader, a {@link RunJson.Kept}; without it all is kept. */
  static final Object KEPT = "kept";

  private static final long serialVersionUID = 1L;

  private static final JavaType KIND =
      TypeFactory.defaultInstance().constructType(FailureKind.class);

  private final Latency latency = new Latency();

  IterationDeserializer() {
    super(
        IterationRecord.class,
        "index",
        "operations",
        "errors",
        "bytes",
        "roundTrips",
        "spanNanos",
        "latencyNanos",
        "stageP50Nanos",
        "values");
  }

  @Override
  Draft draft() {
    return new Draft();
  }

  @Override
  void read(int field, Draft draft, JsonParser json, DeserializationContext context)
      throws IOException {
    switch (field) {
      case 0 -> draft.index = intOf(json, context);
      case 1 -> draft.operations = longOf(json, context);
      case 2 -> draft.errors = errors(json, context);
      case 3 -> draft.bytes = longOf(json, context);
      case 4 -> draft.roundTrips = longOf(json, context);
      case 5 -> draft.spanNanos = longOf(json, context);
      case 6 -> draft.latency = record(latency, json, context);
      case 7 -> draft.stages = stages(json, context);
      default -> draft.values = values(json, context);
    }
  }

  private static RunJson.Kept kept(DeserializationContext context) {
    Object kept = context.getAttribute(KEPT);
    return kept == null ? RunJson.Kept.ALL : (RunJson.Kept) kept;
  }

  private SortedMap<String, Long> stages(JsonParser json, DeserializationContext context)
      throws IOException {
    boolean kept = kept(context).stages();
    return byName(json, context, name -> kept, this::longOrNull);
  }

  private SortedMap<String, Double> values(JsonParser json, DeserializationContext context)
      throws IOException {
    return byName(json, context, kept(context).values(), this::doubleOrNull);
  }

  private Map<FailureKind, Long> errors(JsonParser json, DeserializationContext context)
      throws IOException {
    SortedMap<String, Long> byLabel = byName(json, context, name -> true, this::longOrNull);
    if (byLabel == null || byLabel.isEmpty()) {
      return byLabel == null ? null : Map.of();
    }
    Map<FailureKind, Long> errors = new EnumMap<>(FailureKind.class);
    KeyDeserializer kinds = context.findKeyDeserializer(KIND, null);
    for (Map.Entry<String, Long> entry : byLabel.entrySet()) {
      errors.put((FailureKind) kinds.deserializeKey(entry.getKey(), context), entry.getValue());
    }
    return errors;
  }

  /** Reads a value at the current token. */
  private interface Reading<V> {
    V read(JsonParser json, DeserializationContext context) throws IOException;
  }

  /** An object of values; null where null stands. */
  private static <V> SortedMap<String, V> byName(
      JsonParser json, DeserializationContext context, Predicate<String> kept, Reading<V> value)
      throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return null;
    }
    if (!json.isExpectedStartObjectToken()) {
      context.handleUnexpectedToken(Map.class, json);
    }
    SortedMap<String, V> map = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      boolean skipped = token.isNumeric() && !kept.test(name);
      if (!skipped) {
        map = map == null ? new TreeMap<>() : map;
        if (map.containsKey(name)) {
          throw duplicate(json, name);
        }
        try {
          map.put(name, value.read(json, context));
        } catch (JsonMappingException e) {
          throw JsonMappingException.wrapWithPath(e, map, name);
        }
      }
    }
    return map == null ? Collections.emptySortedMap() : map;
  }

  @Override
  IterationRecord finish(Draft draft) {
    return new IterationRecord(
        draft.index,
        draft.operations,
        draft.errors,
        draft.bytes,
        draft.roundTrips,
        draft.spanNanos,
        draft.latency,
        draft.stages,
        draft.values);
  }

  /** Filled field by field. */
  static final class Draft {
    private int index;
    private long operations;
    private Map<FailureKind, Long> errors;
    private long bytes;
    private long roundTrips;
    private long spanNanos;
    private LatencySummary latency;
    private SortedMap<String, Long> stages;
    private SortedMap<String, Double> values;
  }

  private static final class Latency extends RecordDeserializer<LatencySummary, Long[]> {

    private static final long serialVersionUID = 1L;

    Latency() {
      super(LatencySummary.class, "p50", "p99", "max");
    }

    @Override
    Long[] draft() {
      return new Long[3];
    }

    @Override
    void read(int field, Long[] draft, JsonParser json, DeserializationContext context)
        throws IOException {
      draft[field] = longOrNull(json, context);
    }

    @Override
    LatencySummary finish(Long[] draft) {
      return new LatencySummary(draft[0], draft[1], draft[2]);
    }
  }
}
