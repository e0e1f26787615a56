package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** {@code run.json}: the same run gives the same bytes, in every locale and on every JDK. */
final class RunJson {

  private static final String VERSION = "schemaVersion";
  private static final JsonMapper MAPPER = mapper();

  private RunJson() {}

  static void write(RunRecord run, Path file) throws IOException {
    AtomicFile.replace(file, bytes(run));
  }

  static byte[] bytes(RunRecord run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MAPPER.writer(new RunPrinter()).writeValue(bytes, run);
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** Reads a run, but keeps only some of what is known of single iterations. */
  static RunRecord read(Path file, Kept kept) throws IOException {
    return read(file.toString(), () -> Files.newInputStream(file), kept);
  }

  /**
   * What is kept of iterations; the rest is checked like all else.
   *
   * @param stages whether medians of stages are
   * @param values the names of values that are
   */
  record Kept(boolean stages, Predicate<String> values) {
    static final Kept ALL = new Kept(true, name -> true);
  }

  /**
   * @param name of where the bytes come from, for messages
   */
  static RunRecord read(String name, byte[] bytes) throws IOException {
    return read(name, () -> new ByteArrayInputStream(bytes), Kept.ALL);
  }

  /** Where the JSON of a run comes from; it is opened several times. */
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Reads a run of this version as it comes: a large one as a tree would take several times its
   * size. One of an earlier version is brought to this one as a tree.
   */
  private static RunRecord read(String name, Source source, Kept kept) throws IOException {
    try {
      if (requireVersion(name, source) == RunRecord.SCHEMA_VERSION) {
        try (InputStream in = source.open()) {
          return MAPPER
              .reader()
              .forType(RunRecord.class)
              .withAttribute(IterationDeserializer.KEPT, kept)
              .readValue(in);
        }
      }
      try (InputStream in = source.open()) {
        return MAPPER.treeToValue(EarlierVersions.upgraded(MAPPER.readTree(in)), RunRecord.class);
      }
    } catch (JsonProcessingException e) {
      throw new RunDirectoryException(name + " is not a run: " + reason(e), e);
    }
  }

  private static int requireVersion(String name, Source source) throws IOException {
    OptionalInt version = version(source);
    if (version.orElse(0) < 1) {
      throw new RunDirectoryException(
          name + " is not a run: it has no schemaVersion, or none that is a positive number", null);
    }
    if (version.getAsInt() > RunRecord.SCHEMA_VERSION) {
      throw new RunDirectoryException(
          name
              + " has schemaVersion "
              + version.getAsInt()
              + ", written by a later version of this program; this one reads up to "
              + RunRecord.SCHEMA_VERSION,
          null);
    }
    return version.getAsInt();
  }

  /** It is written first, but may stand anywhere; empty if there is none that is a number. */
  private static OptionalInt version(Source source) throws IOException {
    try (JsonParser json = MAPPER.createParser(source.open())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return OptionalInt.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(VERSION);
        JsonToken value = json.nextToken();
        if (found) {
          boolean isInt =
              value == JsonToken.VALUE_NUMBER_INT
                  && json.getNumberType() == JsonParser.NumberType.INT;
          return isInt ? OptionalInt.of(json.getIntValue()) : OptionalInt.empty();
        }
        json.skipChildren();
      }
      return OptionalInt.empty();
    }
  }

  private static String reason(JsonProcessingException e) {
    String where = "";
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      where = " at " + JsonPaths.of(mapping);
    } else if (e.getLocation() != null && e.getLocation().getLineNr() > 0) {
      where = " at line " + e.getLocation().getLineNr();
    }
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message =
        innermost instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : innermost.getMessage();
    return message + where;
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .addModule(new RunJsonModule())
            .build();
    mapper.getFactory().disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
    return mapper;
  }
}
