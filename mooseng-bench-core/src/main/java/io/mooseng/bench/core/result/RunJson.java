package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code run.json}: the same run gives the same bytes, in every locale and on every JDK. */
final class RunJson {

  private static final JsonMapper MAPPER = mapper();

  private RunJson() {}

  static void write(RunRecord run, Path file) throws IOException {
    AtomicFile.replace(file, bytes(run));
  }

  static byte[] bytes(RunRecord run) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MAPPER.writer(printer).writeValue(bytes, run);
    bytes.write('\n');
    return bytes.toByteArray();
  }

  static RunRecord read(Path file) throws IOException {
    return read(file.toString(), Files.readAllBytes(file));
  }

  /**
   * @param name of where the bytes come from, for messages
   */
  static RunRecord read(String name, byte[] bytes) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      requireVersion(name, tree);
      return MAPPER.treeToValue(EarlierVersions.upgraded(tree), RunRecord.class);
    } catch (JsonProcessingException e) {
      throw new RunDirectoryException(name + " is not a run: " + reason(e), e);
    }
  }

  private static void requireVersion(String file, JsonNode tree) {
    JsonNode version = tree.path("schemaVersion");
    if (!version.isInt() || version.asInt() < 1) {
      throw new RunDirectoryException(
          file + " is not a run: it has no schemaVersion, or none that is a positive number", null);
    }
    if (version.asInt() > RunRecord.SCHEMA_VERSION) {
      throw new RunDirectoryException(
          file
              + " has schemaVersion "
              + version
              + ", written by a later version of this program; this one reads up to "
              + RunRecord.SCHEMA_VERSION,
          null);
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
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .addModule(new RunJsonModule())
            .build();
    mapper.getFactory().disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
    return mapper;
  }
}
