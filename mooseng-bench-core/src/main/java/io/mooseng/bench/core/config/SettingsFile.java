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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a configuration file: a YAML mapping whose keys are the names of the options. */
final class SettingsFile {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SettingsFile() {}

  static Map<SettingKey, List<String>> read(Path file) {
    JsonNode root;
    try {
      root = YAML.readTree(Files.readString(file));
    } catch (MismatchedInputException e) {
      // What follows the first document would be ignored.
      throw new ConfigurationException("--config " + file + ": accepted: one YAML document");
    } catch (JacksonException e) {
      throw new ConfigurationException(
          "--config " + file + ": not YAML: " + e.getOriginalMessage().lines().findFirst().get());
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("--config " + file + ": there is no such file");
    } catch (IOException e) {
      throw new ConfigurationException("--config " + file + ": cannot be read: " + e.getMessage());
    }
    Map<SettingKey, List<String>> settings = new EnumMap<>(SettingKey.class);
    if (root == null || root.isMissingNode() || root.isNull()) {
      return settings;
    }
    if (!root.isObject()) {
      throw new ConfigurationException("--config " + file + ": accepted: a mapping of settings");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      settings.put(key(file, entry.getKey()), values(file, entry.getKey(), entry.getValue()));
    }
    return settings;
  }

  private static SettingKey key(Path file, String name) {
    return SettingKey.ofKey(name)
        .filter(key -> key != SettingKey.CONFIG)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "--config %s: unknown key '%s'; accepted: %s"
                        .formatted(
                            file,
                            name,
                            Arrays.stream(SettingKey.values())
                                .filter(key -> key != SettingKey.CONFIG)
                                .map(SettingKey::key)
                                .collect(Collectors.joining(", ")))));
  }

  private static List<String> values(Path file, String name, JsonNode node) {
    if (isValue(node)) {
      return List.of(node.asText());
    }
    boolean repeatable = SettingKey.ofKey(name).map(SettingKey::repeatable).orElse(false);
    List<String> values = new ArrayList<>();
    for (JsonNode element : node) {
      if (repeatable && node.isArray() && isValue(element)) {
        values.add(element.asText());
      }
    }
    if (values.isEmpty() || values.size() < node.size()) {
      throw new ConfigurationException(
          "--config %s: key '%s': accepted: %s".formatted(file, name, accepted(node, repeatable)));
    }
    return values;
  }

  private static boolean isValue(JsonNode node) {
    return node.isValueNode() && !node.isNull();
  }

  private static String accepted(JsonNode node, boolean repeatable) {
    if (repeatable) {
      return "one value or a list of values";
    }
    return node.isArray() ? "one value" : "a value";
  }
}
