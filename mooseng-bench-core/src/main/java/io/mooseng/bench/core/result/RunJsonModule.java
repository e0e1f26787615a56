package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the values of a run are written in JSON. */
final class RunJsonModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  RunJsonModule() {
    super("mooseng-bench-run");
    labelled(Fidelity.class, Fidelity.values(), Fidelity::label);
    labelled(Direction.class, Direction.values(), Direction::label);
    labelled(FailureKind.class, FailureKind.values(), FailureKind::label);
    labelled(RunStatus.class, RunStatus.values(), RunStatus::label);
    labelled(ResultStatus.class, ResultStatus.values(), ResultStatus::label);
    labelled(
        Plausibility.Verdict.class, Plausibility.Verdict.values(), Plausibility.Verdict::label);
    addKeySerializer(FailureKind.class, new KindKeySerializer());
    addKeyDeserializer(FailureKind.class, new KindKeyDeserializer());
    addSerializer(Double.class, new DoubleSerializer());
    addSerializer(double.class, new DoubleSerializer());
    addDeserializer(ForkRecord.class, new ForkDeserializer());
    addDeserializer(Metric.class, new MetricDeserializer());
    text(Instant.class, Instant::toString, Instant::parse);
  }

  private <E extends Enum<E>> void labelled(Class<E> type, E[] values, Function<E, String> label) {
    Map<String, E> known = new HashMap<>();
    Arrays.stream(values).forEach(value -> known.put(label.apply(value), value));
    text(
        type,
        label,
        text -> {
          E value = known.get(text);
          return value == null ? byLabel(text, values, label) : value;
        });
  }

  private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
    addSerializer(type, new TextSerializer<>(type, write));
    addDeserializer(type, new TextDeserializer<>(type, read));
  }

  private static <E> E byLabel(String text, E[] values, Function<E, String> label) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is unknown; accepted: "
                        + Arrays.stream(values).map(label).collect(Collectors.joining(", "))));
  }

  private static final class TextSerializer<T> extends StdScalarSerializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> write;

    TextSerializer(Class<T> type, Function<T, String> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(write.apply(value));
    }
  }

  private static final class TextDeserializer<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> read;

    TextDeserializer(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getText();
      try {
        return read.apply(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        return (T) context.handleWeirdStringValue(handledType(), text, "%s", e.getMessage());
      }
    }
  }

  private static final class KindKeySerializer extends StdSerializer<FailureKind> {
    private static final long serialVersionUID = 1L;

    KindKeySerializer() {
      super(FailureKind.class);
    }

    @Override
    public void serialize(FailureKind kind, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeFieldName(kind.label());
    }
  }

  private static final class KindKeyDeserializer extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      try {
        return byLabel(key, FailureKind.values(), FailureKind::label);
      } catch (IllegalArgumentException e) {
        return context.handleWeirdKey(FailureKind.class, key, "%s", e.getMessage());
      }
    }
  }

  /** Whole numbers without a fraction; what JSON has no number for as null. */
  private static final class DoubleSerializer extends StdScalarSerializer<Double> {
    private static final long serialVersionUID = 1L;

    DoubleSerializer() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!Double.isFinite(value)) {
        json.writeNull();
      } else if (Frozen.isWhole(value)) {
        json.writeNumber(value.longValue());
      } else {
        json.writeNumber(value);
      }
    }
  }
}
