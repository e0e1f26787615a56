package io.mooseng.bench.core.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads YAML files that a user wrote: one document, no key twice. */
public final class StrictYaml {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictYaml() {}

  /**
   * Reads a file that is a mapping; a file that says nothing is an empty one.
   *
   * @param origin names the file in messages, as the user gave it: {@code --config FILE}
   * @param what is mapped: {@code settings}
   * @throws ConfigurationException in one line that begins with {@code origin}
   */
  public static JsonNode readMapping(String origin, Path file, String what) {
    return parseMapping(origin, read(origin, file), what);
  }

  /**
   * The text of a file.
   *
   * @throws ConfigurationException in one line that begins with {@code origin}
   */
  public static String read(String origin, Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(origin + ": there is no such file");
    } catch (IOException e) {
      throw new ConfigurationException(origin + ": cannot be read: " + e.getMessage());
    }
  }

  /** As {@link #readMapping}, of a text that was read already. */
  public static JsonNode parseMapping(String origin, String text, String what) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (MismatchedInputException e) {
      // What follows the first document would be ignored.
      throw new ConfigurationException(origin + ": accepted: one YAML document");
    } catch (JacksonException e) {
      throw new ConfigurationException(
          "%s: line %d: not YAML: %s"
              .formatted(
                  origin,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().get()));
    }
    if (root == null || root.isMissingNode() || root.isNull()) {
      return YAML.createObjectNode();
    }
    if (!root.isObject()) {
      throw new ConfigurationException(origin + ": accepted: a mapping of " + what);
    }
    return root;
  }
}
