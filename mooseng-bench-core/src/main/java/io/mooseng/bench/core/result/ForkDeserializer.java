package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a fork. */
final class ForkDeserializer extends RecordDeserializer<ForkRecord, ForkDeserializer.Draft> {

  private static final long serialVersionUID = 1L;

  private final Scores scores = new Scores();
  private final IterationDeserializer iterations = new IterationDeserializer();

  ForkDeserializer() {
    super(ForkRecord.class, "fork", "jmhScores", "iterations");
  }

  @Override
  Draft draft() {
    return new Draft();
  }

  @Override
  void read(int field, Draft draft, JsonParser json, DeserializationContext context)
      throws IOException {
    switch (field) {
      case 0 -> draft.fork = intOf(json, context);
      case 1 -> draft.scores = record(scores, json, context);
      default -> draft.iterations = records(iterations, json, context);
    }
  }

  @Override
  ForkRecord finish(Draft draft) {
    return new ForkRecord(draft.fork, draft.scores, draft.iterations);
  }

  /** Filled field by field. */
  static final class Draft {
    private int fork;
    private JmhScores scores;
    private List<IterationRecord> iterations;
  }

  private static final class Scores extends RecordDeserializer<JmhScores, Scores.Draft> {

    private static final long serialVersionUID = 1L;

    Scores() {
      super(JmhScores.class, "unit", "perIteration");
    }

    @Override
    Draft draft() {
      return new Draft();
    }

    @Override
    void read(int field, Draft draft, JsonParser json, DeserializationContext context)
        throws IOException {
      if (field == 0) {
        draft.unit = textOrNull(json, context);
      } else {
        draft.perIteration = numbers(json, context);
      }
    }

    private List<Double> numbers(JsonParser json, DeserializationContext context)
        throws IOException {
      if (!json.isExpectedStartArrayToken()) {
        context.handleUnexpectedToken(List.class, json);
      }
      List<Double> numbers = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        numbers.add(doubleOrNull(json, context));
      }
      return numbers;
    }

    @Override
    JmhScores finish(Draft draft) {
      return new JmhScores(draft.unit, draft.perIteration);
    }

    /** Filled field by field. */
    private static final class Draft {
      private String unit;
      private List<Double> perIteration;
    }
  }
}
