package io.mooseng.bench.core.link.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.config.YamlLines;
import io.mooseng.bench.core.config.YamlMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what a user names as the network of a run: a preset, or a file. */
public final class Networks {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.:-]{0,63}");
  private static final Pattern NODE = Pattern.compile("[a-z][a-z0-9]{0,31}");
  private static final String NAME_KEY = "name";
  private static final String NAME_RULE =
      "a name of lower-case letters, digits, hyphens, dots and colons, from a letter";
  private static final String TOPOLOGY = "topology";
  private static final String PROFILES = "profiles";

  private final String option;
  private final LinkPresets presets = LinkPresets.load();

  /**
   * @param option names the option in messages: {@code --network}
   */
  public Networks(String option) {
    this.option = option;
  }

  /**
   * The path from the node {@code client} to the node {@code server}; a profile is one link between
   * them.
   *
   * @param text a preset, or a file whose name ends in {@code .yaml} or {@code .yml}
   * @throws ConfigurationException in one line: option, value, what is accepted
   */
  public LinkPath path(String text) {
    if (presets.named(text).isPresent()) {
      return LinkPath.of(presets.named(text).get());
    }
    if (!text.endsWith(".yaml") && !text.endsWith(".yml")) {
      throw new ConfigurationException(
          "%s %s: accepted: %s, or a FILE.yaml"
              .formatted(option, text, String.join(", ", presets.names())));
    }
    String origin = option + " " + text;
    String yaml = StrictYaml.read(origin, Path.of(text));
    return parse(origin, yaml);
  }

  /** As {@link #path}, of a file that was read already. */
  LinkPath parse(String origin, String yaml) {
    JsonNode root = StrictYaml.parseMapping(origin, yaml, "conditions");
    YamlMapping file = YamlMapping.of(origin, root, YamlLines.of(yaml), "");
    if (!root.has(TOPOLOGY)) {
      LinkProfile profile = ProfileParser.parse(name(file), file, List.of(NAME_KEY));
      return LinkPath.of(profile);
    }
    Topology topology = topology(origin, root, file, YamlLines.of(yaml));
    try {
      return topology.path(LinkPath.CLIENT, LinkPath.SERVER);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s: a run is between the nodes '%s' and '%s': %s"
              .formatted(origin, LinkPath.CLIENT, LinkPath.SERVER, e.getMessage()));
    }
  }

  private String name(YamlMapping file) {
    String name = file.value(NAME_KEY, NAME_RULE, text -> matching(NAME, text));
    if (presets.named(name).isPresent()) {
      throw file.refused(
          NAME_KEY, "any name but those of presets, so that results tell them apart");
    }
    return name;
  }

  private static String matching(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private Topology topology(String origin, JsonNode root, YamlMapping file, YamlLines lines) {
    TopologyShape shape = file.value(TOPOLOGY, TopologyShape.labels(), TopologyShape::parse);
    boolean sided = shape == TopologyShape.DUMBBELL;
    List<String> known = new ArrayList<>(List.of(NAME_KEY, TOPOLOGY));
    known.addAll(sided ? TopologyShape.NECK : List.of("nodes"));
    known.addAll(List.of(PROFILES, "link", "links"));
    file.withOnly(known);
    List<String> first = nodes(file, sided ? TopologyShape.NECK.get(0) : "nodes", shape);
    List<String> second = sided ? nodes(file, TopologyShape.NECK.get(1), shape) : List.of();
    Map<String, LinkProfile> profiles = new HashMap<>();
    presets.all().forEach(profile -> profiles.put(profile.name(), profile));
    if (file.has(PROFILES)) {
      file.mapping(PROFILES);
      profiles.putAll(LinkPresets.parseAll(origin, root.get(PROFILES), lines, PROFILES + "."));
    }
    List<String> nodes = new ArrayList<>(first);
    nodes.addAll(second);
    nodes.addAll(shape.added());
    List<LinkPath.Hop> links = links(file, shape.pairs(first, second), profiles);
    try {
      return new Topology(name(file), shape, nodes, links);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(origin + ": " + e.getMessage());
    }
  }

  private static List<String> nodes(YamlMapping file, String key, TopologyShape shape) {
    List<String> nodes = file.texts(key);
    for (String node : nodes) {
      if (!NODE.matcher(node).matches() || shape.added().contains(node)) {
        throw file.refused(
            key,
            "names of lower-case letters and digits, from a letter"
                + (shape.added().isEmpty() ? "" : ", but " + String.join(" and ", shape.added())));
      }
    }
    return nodes;
  }

  private static List<LinkPath.Hop> links(
      YamlMapping file, List<TopologyShape.Pair> pairs, Map<String, LinkProfile> profiles) {
    YamlMapping own =
        file.has("links")
            ? file.mapping("links").withOnly(pairs.stream().map(TopologyShape.Pair::label).toList())
            : null;
    List<LinkPath.Hop> links = new ArrayList<>();
    for (TopologyShape.Pair pair : pairs) {
      LinkProfile profile =
          own != null && own.has(pair.label())
              ? profile(own, pair.label(), profiles)
              : profile(file, "link", profiles);
      links.add(new LinkPath.Hop(pair.from(), pair.to(), profile));
    }
    return links;
  }

  private static LinkProfile profile(
      YamlMapping mapping, String key, Map<String, LinkProfile> profiles) {
    String accepted = "one of " + String.join(", ", profiles.keySet().stream().sorted().toList());
    LinkProfile profile = profiles.get(mapping.text(key));
    if (profile == null) {
      throw mapping.refused(key, accepted);
    }
    return profile;
  }
}
