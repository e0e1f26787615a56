package io.mooseng.bench.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A mapping in a YAML file that a user wrote. Every answer is checked, and what is wrong is said in
 * one line: where, which key, which value, what is accepted. Immutable.
 */
public final class YamlMapping {

  private final String where;
  private final String parent;
  private final JsonNode node;
  private final YamlLines lines;

  /** Path of the outermost mapping in its file, for {@link #lines}. */
  private final String outermost;

  private YamlMapping(
      String where, String parent, JsonNode node, YamlLines lines, String outermost) {
    this.where = where;
    this.parent = parent;
    this.node = node;
    this.lines = lines;
    this.outermost = outermost;
  }

  /**
   * @param where begins every message: {@code --workloads FILE: workload 'x'}
   * @throws ConfigurationException if {@code node} is no mapping
   */
  public static YamlMapping of(String where, JsonNode node) {
    return of(where, node, YamlLines.NONE, "");
  }

  /**
   * As {@link #of(String, JsonNode)}, of a file whose lines are known.
   *
   * @param key under which the mapping stands in the file; empty for the file itself
   */
  public static YamlMapping of(String where, JsonNode node, YamlLines lines, String key) {
    YamlMapping mapping = new YamlMapping(where, "", node, lines, key);
    if (!node.isObject()) {
      throw mapping.refused("accepted: a mapping");
    }
    return mapping;
  }

  /** This mapping, if it has no other keys than these. */
  public YamlMapping withOnly(List<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw new ConfigurationException(
            "%s: %sunknown key '%s'; accepted: %s"
                .formatted(where, line(key), parent + key, String.join(", ", known)));
      }
    }
    return this;
  }

  /** The keys in the order of the file. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  public boolean has(String key) {
    return node.has(key);
  }

  /** Whether the value of {@code key} is a mapping rather than a single value. */
  public boolean isMapping(String key) {
    return node.path(key).isObject();
  }

  /** The mapping below {@code key}. */
  public YamlMapping mapping(String key) {
    if (!isMapping(key)) {
      throw refused(key, "a mapping");
    }
    return new YamlMapping(where, parent + key + ".", node.get(key), lines, outermost);
  }

  /** A text that is not blank. */
  public String text(String key) {
    return value(key, "a text", Function.identity());
  }

  /** A list of texts, none of them blank; at least one. */
  public List<String> texts(String key) {
    String accepted = "a list of names";
    JsonNode list = node.path(key);
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list) {
      if (!element.isValueNode() || element.isNull() || element.asText().isBlank()) {
        throw refused(key, accepted);
      }
      texts.add(element.asText().strip());
    }
    if (!list.isArray() || texts.isEmpty()) {
      throw refused(key, accepted);
    }
    return texts;
  }

  /** A whole number. */
  public int whole(String key, int from, int to) {
    String accepted = "a whole number from %d to %d".formatted(from, to);
    int number = value(key, accepted, Integer::parseInt);
    if (number < from || number > to) {
      throw refused(key, accepted);
    }
    return number;
  }

  /** A decimal number above {@code above}, at most {@code most}. */
  public double number(String key, int above, int most) {
    String accepted = "a number above %d, up to %d".formatted(above, most);
    BigDecimal number = value(key, accepted, BigDecimal::new);
    if (number.compareTo(BigDecimal.valueOf(above)) <= 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw refused(key, accepted);
    }
    return number.doubleValue();
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key) {
    String accepted = "true or false";
    return switch (value(key, accepted, Function.<String>identity())) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(key, accepted);
    };
  }

  /**
   * A single value.
   *
   * @param parser throws {@link IllegalArgumentException} for what is not accepted
   */
  public <T> T value(String key, String accepted, Function<String, T> parser) {
    JsonNode value = node.path(key);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      throw refused(key, accepted);
    }
    try {
      return parser.apply(value.asText().strip());
    } catch (IllegalArgumentException e) {
      throw refused(key, accepted);
    }
  }

  /** What to throw if the value of {@code key} is not accepted. */
  public ConfigurationException refused(String key, String accepted) {
    String value = node.has(key) ? node.get(key).toString() : "missing";
    return new ConfigurationException(
        "%s: %skey '%s': %s: accepted: %s"
            .formatted(where, line(key), parent + key, value, accepted));
  }

  /** What to throw if the mapping as a whole is not accepted. */
  public ConfigurationException refused(String message) {
    return new ConfigurationException(where + ": " + line("") + message);
  }

  /** In which line it is, if that is known. */
  private String line(String key) {
    String path = outermost.isEmpty() ? parent + key : outermost + "." + parent + key;
    OptionalInt line = lines.nearest(path);
    return line.isPresent() ? "line " + line.getAsInt() + ": " : "";
  }
}
