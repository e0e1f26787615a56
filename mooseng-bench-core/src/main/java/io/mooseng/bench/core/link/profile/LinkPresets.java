package io.mooseng.bench.core.link.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.config.YamlLines;
import io.mooseng.bench.core.config.YamlMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The profiles that ship with the program, read from {@code presets.yaml} beside this class, each
 * with its source and date. Immutable.
 */
public final class LinkPresets {

  private static final String FILE = "presets.yaml";

  private final Map<String, LinkProfile> byName;

  private LinkPresets(Map<String, LinkProfile> byName) {
    this.byName = byName;
  }

  /** Reads them. */
  public static LinkPresets load() {
    JsonNode root = StrictYaml.parseMapping(FILE, text(), "profiles");
    return new LinkPresets(parseAll(FILE, root, YamlLines.NONE, ""));
  }

  /**
   * Reads a mapping from names to profiles.
   *
   * @param key under which the mapping stands in the file, with a dot; else empty
   */
  static Map<String, LinkProfile> parseAll(
      String origin, JsonNode mapping, YamlLines lines, String key) {
    Map<String, LinkProfile> profiles = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
      String name = entry.getKey();
      YamlMapping profile =
          YamlMapping.of(
              "%s: profile '%s'".formatted(origin, name), entry.getValue(), lines, key + name);
      profiles.put(name, ProfileParser.parse(name, profile, List.of()));
    }
    return profiles;
  }

  private static String text() {
    try (InputStream in = LinkPresets.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The preset with this name, if there is one. */
  public Optional<LinkProfile> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The names of all, in the order of the file. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** All, in the order of the file. */
  public Collection<LinkProfile> all() {
    return List.copyOf(byName.values());
  }
}
