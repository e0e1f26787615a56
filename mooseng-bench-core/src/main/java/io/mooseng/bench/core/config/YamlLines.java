package io.mooseng.bench.core.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** In which line of a YAML file a key stands, for messages. Immutable. */
public final class YamlLines {

  /** Of a text whose lines nobody asks for. */
  public static final YamlLines NONE = new YamlLines(Map.of());

  private static final YAMLFactory YAML = new YAMLFactory();

  private final Map<String, Integer> byPath;

  private YamlLines(Map<String, Integer> byPath) {
    this.byPath = byPath;
  }

  /** The lines of a text, as far as it is YAML. */
  public static YamlLines of(String text) {
    Map<String, Integer> lines = new HashMap<>();
    Deque<String> parents = new ArrayDeque<>();
    String current = "";
    try (JsonParser parser = YAML.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          parents.push(current.isEmpty() ? "" : current + ".");
        } else if (token == JsonToken.END_OBJECT) {
          parents.pop();
        } else if (token == JsonToken.FIELD_NAME) {
          current = parents.peek() + parser.currentName();
          lines.putIfAbsent(current, parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      return new YamlLines(lines); // who reads the text says what is wrong with it
    }
    return new YamlLines(lines);
  }

  /**
   * The line of a key that is there, else of the innermost mapping it should be in; from 1.
   *
   * @param path keys from the outermost on, separated by dots
   */
  OptionalInt nearest(String path) {
    String at = path;
    while (!at.isEmpty() && !byPath.containsKey(at)) {
      at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
    }
    Integer line = byPath.get(at);
    return line == null ? OptionalInt.empty() : OptionalInt.of(line);
  }
}
