package io.mooseng.bench.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mooseng.bench.core.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The profiles that ship with the program, read from {@code profiles.yaml} beside this class. */
public final class Profiles {

  private final Map<String, Profile> byName;

  private Profiles(Map<String, Profile> byName) {
    this.byName = byName;
  }

  /** Reads the profiles; a defect in the file is a defect of the program. */
  public static Profiles load() {
    try (InputStream in = Profiles.class.getResourceAsStream("profiles.yaml")) {
      Map<String, Profile> profiles = new LinkedHashMap<>();
      new YAMLMapper()
          .readTree(in)
          .properties()
          .forEach(
              entry -> profiles.put(entry.getKey(), profile(entry.getKey(), entry.getValue())));
      return new Profiles(profiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws ConfigurationException if there is no such profile, naming those there are
   */
  public Profile named(String name) {
    Profile profile = byName.get(name);
    if (profile == null) {
      throw new ConfigurationException(
          "--profile " + name + ": accepted: " + String.join(", ", byName.keySet()));
    }
    return profile;
  }

  private static Profile profile(String name, JsonNode node) {
    requireKnownKeys(node, "description", "sizes", "cells");
    List<Profile.Selection> selections = new ArrayList<>();
    node.path("cells").forEach(cell -> selections.add(selection(cell)));
    return new Profile(
        name, node.path("description").asText(), sizes(node.path("sizes")), selections);
  }

  private static Profile.Selection selection(JsonNode node) {
    requireKnownKeys(node, "benchmark", "params", "sizes", "sizes-at", "first");
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    node.path("params")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), texts(entry.getValue())));
    return new Profile.Selection(
        Pattern.compile(node.path("benchmark").asText()),
        parameters,
        sizes(node.path("sizes")),
        exceptions(node.path("sizes-at")),
        node.path("first").asBoolean(false));
  }

  private static List<Profile.SizeException> exceptions(JsonNode nodes) {
    List<Profile.SizeException> exceptions = new ArrayList<>();
    for (JsonNode node : nodes) {
      requireKnownKeys(node, "param", "values", "sizes");
      exceptions.add(
          new Profile.SizeException(
              node.path("param").asText(), texts(node.path("values")), sizes(node.path("sizes"))));
    }
    return exceptions;
  }

  private static List<String> texts(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return List.copyOf(values);
  }

  private static Sizes sizes(JsonNode node) {
    requireKnownKeys(node, "forks", "warmup-iterations", "warmup-time", "iterations", "time");
    return new Sizes(
        integer(node, "forks"),
        integer(node, "warmup-iterations"),
        duration(node, "warmup-time"),
        integer(node, "iterations"),
        duration(node, "time"));
  }

  private static Integer integer(JsonNode node, String key) {
    return node.has(key) ? Integer.valueOf(node.get(key).intValue()) : null;
  }

  /** ISO-8601 without its PT, lower or upper case: {@code 0.5s}, {@code 2s}, {@code 1m}. */
  private static Duration duration(JsonNode node, String key) {
    return node.has(key) ? Duration.parse("PT" + node.get(key).asText()) : null;
  }

  private static void requireKnownKeys(JsonNode node, String... known) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!List.of(known).contains(entry.getKey())) {
        throw new IllegalStateException("profiles.yaml: unknown key '" + entry.getKey() + "'");
      }
    }
  }
}
