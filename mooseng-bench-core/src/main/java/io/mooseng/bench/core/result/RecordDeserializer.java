package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.DupDetector;
import com.fasterxml.jackson.core.json.JsonReadContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a record of which a large run has very many, as strictly as others are read, but without
 * reflection and without a set of the names of each object, which take most of the time otherwise.
 *
 * @param <T> the record
 * @param <D> what its fields are read into
 */
abstract class RecordDeserializer<T, D> extends StdDeserializer<T> {

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final String[] fields;

  /**
   * @param fields all of its fields; 30 at most
   */
  RecordDeserializer(Class<T> type, String... fields) {
    super(type);
    this.type = type;
    this.fields = fields.clone();
  }

  /** A new one, with no field read. */
  abstract D draft();

  /**
   * Reads the value of a field, whose first token is the current one.
   *
   * @param field where its name is among those of the constructor
   */
  abstract void read(int field, D draft, JsonParser json, DeserializationContext context)
      throws IOException;

  /**
   * The record, when all fields are read.
   *
   * @throws IllegalArgumentException if they do not make one
   */
  abstract T finish(D draft);

  @Override
  public final T deserialize(JsonParser json, DeserializationContext context) throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      return type.cast(context.handleUnexpectedToken(type, json));
    }
    if (!(json.getParsingContext() instanceof JsonReadContext object)) {
      return fields(json, context);
    }
    DupDetector duplicates = object.getDupDetector();
    object.withDupDetector(null);
    try {
      return fields(json, context);
    } finally {
      object.withDupDetector(duplicates);
    }
  }

  private T fields(JsonParser json, DeserializationContext context) throws IOException {
    D draft = draft();
    int seen = 0;
    int next = 0;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      int field = fieldOf(name, next);
      next = field + 1;
      if (field < 0) {
        context.handleUnknownProperty(json, this, type, name);
      } else if ((seen & 1 << field) != 0) {
        throw duplicate(json, name);
      }
      seen |= 1 << field;
      try {
        read(field, draft, json, context);
      } catch (JsonMappingException e) {
        throw JsonMappingException.wrapWithPath(e, draft, name);
      }
    }
    if (seen != (1 << fields.length) - 1) {
      context.reportInputMismatch(
          this, "%s is missing", fields[Integer.numberOfTrailingZeros(~seen)]);
    }
    try {
      return finish(draft);
    } catch (IllegalArgumentException e) {
      throw JsonMappingException.from(json, e.getMessage(), e);
    }
  }

  /** Nearly always they come in the order in which they are written. */
  private int fieldOf(String name, int next) {
    return next < fields.length && fields[next].equals(name)
        ? next
        : Arrays.asList(fields).indexOf(name);
  }

  /** What the parser says where it looks itself. */
  static JsonMappingException duplicate(JsonParser json, String name) {
    return JsonMappingException.from(json, "Duplicate field '" + name + "'");
  }

  /** A record, or null where null stands. */
  static <R> R record(
      RecordDeserializer<R, ?> reader, JsonParser json, DeserializationContext context)
      throws IOException {
    return json.hasToken(JsonToken.VALUE_NULL) ? null : reader.deserialize(json, context);
  }

  /** A list of records, or null where null stands. */
  static <R> List<R> records(
      RecordDeserializer<R, ?> reader, JsonParser json, DeserializationContext context)
      throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return null;
    }
    if (!json.isExpectedStartArrayToken()) {
      context.handleUnexpectedToken(List.class, json);
    }
    List<R> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      try {
        list.add(record(reader, json, context));
      } catch (JsonMappingException e) {
        throw JsonMappingException.wrapWithPath(e, list, list.size());
      }
    }
    return list;
  }

  final int intOf(JsonParser json, DeserializationContext context) throws IOException {
    return _parseIntPrimitive(json, context);
  }

  final long longOf(JsonParser json, DeserializationContext context) throws IOException {
    return json.hasToken(JsonToken.VALUE_NUMBER_INT)
        ? json.getLongValue()
        : _parseLongPrimitive(json, context);
  }

  final Long longOrNull(JsonParser json, DeserializationContext context) throws IOException {
    return json.hasToken(JsonToken.VALUE_NULL) ? null : (Long) longOf(json, context);
  }

  final double doubleOf(JsonParser json, DeserializationContext context) throws IOException {
    return _parseDoublePrimitive(json, context);
  }

  final Double doubleOrNull(JsonParser json, DeserializationContext context) throws IOException {
    return json.hasToken(JsonToken.VALUE_NULL) ? null : (Double) doubleOf(json, context);
  }

  final String textOrNull(JsonParser json, DeserializationContext context) throws IOException {
    if (json.hasToken(JsonToken.VALUE_STRING)) {
      return json.getText();
    }
    return json.hasToken(JsonToken.VALUE_NULL)
        ? null
        : (String) context.handleUnexpectedToken(String.class, json);
  }
}
