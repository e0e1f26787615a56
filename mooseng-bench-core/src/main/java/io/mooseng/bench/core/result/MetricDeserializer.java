package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import io.mooseng.bench.core.model.Direction;
import java.io.IOException;

/** Reads a metric. */
final class MetricDeserializer extends RecordDeserializer<Metric, MetricDeserializer.Draft> {

  private static final long serialVersionUID = 1L;

  private static final Direction[] DIRECTIONS = Direction.values();

  MetricDeserializer() {
    super(Metric.class, "value", "unit", "direction", "ci95", "n");
  }

  @Override
  Draft draft() {
    return new Draft();
  }

  @Override
  void read(int field, Draft draft, JsonParser json, DeserializationContext context)
      throws IOException {
    switch (field) {
      case 0 -> draft.value = doubleOrNull(json, context);
      case 1 -> draft.unit = textOrNull(json, context);
      case 2 -> draft.direction = direction(json, context);
      case 3 -> draft.ci95 = interval(json, context);
      default -> draft.n = longOf(json, context);
    }
  }

  private static Direction direction(JsonParser json, DeserializationContext context)
      throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return null;
    }
    String label = json.getText();
    for (Direction direction : DIRECTIONS) {
      if (direction.label().equals(label)) {
        return direction;
      }
    }
    // What knows all enumerations says what is accepted.
    return context.readValue(json, Direction.class);
  }

  private Interval interval(JsonParser json, DeserializationContext context) throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return null;
    }
    if (!json.isExpectedStartArrayToken()) {
      return (Interval) context.handleUnexpectedToken(Interval.class, json);
    }
    json.nextToken();
    double lo = doubleOf(json, context);
    json.nextToken();
    double hi = doubleOf(json, context);
    if (json.nextToken() != JsonToken.END_ARRAY) {
      context.reportWrongTokenException(
          this, JsonToken.END_ARRAY, "an interval has two ends, not more");
    }
    return new Interval(lo, hi);
  }

  @Override
  Metric finish(Draft draft) {
    return new Metric(draft.value, draft.unit, draft.direction, draft.ci95, draft.n);
  }

  /** Filled field by field. */
  static final class Draft {
    private Double value;
    private String unit;
    private Direction direction;
    private Interval ci95;
    private long n;
  }
}
