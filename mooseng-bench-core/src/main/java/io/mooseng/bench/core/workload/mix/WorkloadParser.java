package io.mooseng.bench.core.workload.mix;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.YamlLines;
import io.mooseng.bench.core.config.YamlMapping;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.workload.Payload;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads workloads from the form described in {@code docs/workloads.md}. */
final class WorkloadParser {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final String SIZE = "a size from 0B to " + Payload.LARGEST + ", such as 64KB";
  private static final int LARGEST_WEIGHT = 1_000_000;
  private static final int LARGEST_SHAPE = 10;
  private static final List<String> SIZES = List.of("fixed", "uniform", "lognormal", "empirical");
  private static final List<String> POPULARITIES =
      List.of("uniform", "sequential", "zipf", "latest");

  /** Names the file in messages. */
  private final String origin;

  WorkloadParser(String origin) {
    this.origin = origin;
  }

  /**
   * The workloads in the order of the file, by name.
   *
   * @throws ConfigurationException in one line: file, workload, key, value, what is accepted
   */
  Map<String, Workload> parse(JsonNode root, YamlLines lines) {
    Map<String, Workload> workloads = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String name = entry.getKey();
      String where = "%s: workload '%s'".formatted(origin, name);
      if (!NAME.matcher(name).matches()) {
        throw new ConfigurationException(
            where + ": accepted: a name of lower-case letters, digits and hyphens, from a letter");
      }
      workloads.put(name, workload(name, YamlMapping.of(where, entry.getValue(), lines, name)));
    }
    return workloads;
  }

  private static Workload workload(String name, YamlMapping mapping) {
    mapping.withOnly(
        List.of(
            "description", "source", "operations", "sizes", "popularity", "population", "range"));
    String description = mapping.text("description");
    String source = mapping.text("source");
    Map<FileOperation, Double> operations = operations(mapping.mapping("operations"));
    SizeDistribution sizes = sizes(mapping);
    Popularity popularity = popularity(mapping);
    PopulationShape population = population(mapping.mapping("population"));
    Optional<ByteSize> range =
        mapping.has("range") ? Optional.of(size(mapping, "range")) : Optional.empty();
    return checked(
        mapping,
        () ->
            new Workload(
                name, description, source, operations, sizes, popularity, population, range));
  }

  private static Map<FileOperation, Double> operations(YamlMapping mapping) {
    mapping.withOnly(Arrays.stream(FileOperation.values()).map(FileOperation::label).toList());
    Map<FileOperation, Double> weights = new EnumMap<>(FileOperation.class);
    for (String label : mapping.keys()) {
      weights.put(
          FileOperation.ofLabel(label).orElseThrow(), mapping.number(label, 0, LARGEST_WEIGHT));
    }
    return weights;
  }

  private static SizeDistribution sizes(YamlMapping parent) {
    YamlMapping mapping = onlyOne(parent, "sizes", SIZES);
    String kind = mapping.keys().get(0);
    return switch (kind) {
      case "fixed" -> new SizeDistribution.Fixed(size(mapping, kind));
      case "uniform" -> {
        YamlMapping bounds = mapping.mapping(kind).withOnly(List.of("from", "to"));
        ByteSize from = size(bounds, "from");
        ByteSize to = size(bounds, "to");
        yield checked(bounds, () -> new SizeDistribution.Uniform(from, to));
      }
      case "lognormal" -> {
        YamlMapping shape = mapping.mapping(kind).withOnly(List.of("median", "sigma", "max"));
        ByteSize median = size(shape, "median");
        double sigma = shape.number("sigma", 0, LARGEST_SHAPE);
        ByteSize max = size(shape, "max");
        yield checked(shape, () -> new SizeDistribution.LogNormal(median, sigma, max));
      }
      default -> empirical(mapping.mapping(kind));
    };
  }

  private static SizeDistribution empirical(YamlMapping table) {
    Map<ByteSize, Double> weights = new LinkedHashMap<>();
    for (String text : table.keys()) {
      double weight = table.number(text, 0, LARGEST_WEIGHT);
      if (weights.put(checked(table, () -> ByteSize.parse(text)), weight) != null) {
        throw table.refused(text, "each size once");
      }
    }
    if (weights.isEmpty()) {
      throw table.refused("key 'sizes.empirical': accepted: sizes and their weights");
    }
    return checked(table, () -> new SizeDistribution.Empirical(weights));
  }

  private static Popularity popularity(YamlMapping parent) {
    String key = "popularity";
    if (!parent.isMapping(key)) {
      return parent.value(
          key,
          "uniform, sequential, or a mapping from zipf or latest to an exponent",
          WorkloadParser::plainPopularity);
    }
    YamlMapping mapping = onlyOne(parent, key, POPULARITIES.subList(2, POPULARITIES.size()));
    String kind = mapping.keys().get(0);
    double exponent = mapping.number(kind, 0, LARGEST_SHAPE);
    return kind.equals("zipf") ? new Popularity.Zipf(exponent) : new Popularity.Latest(exponent);
  }

  private static Popularity plainPopularity(String name) {
    return switch (name) {
      case "uniform" -> new Popularity.Uniform();
      case "sequential" -> new Popularity.Sequential();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static PopulationShape population(YamlMapping mapping) {
    mapping.withOnly(List.of("files", "files-per-directory", "depth", "shared"));
    return new PopulationShape(
        mapping.whole("files", 1, PopulationShape.MOST_FILES),
        mapping.whole("files-per-directory", 1, PopulationShape.MOST_PER_DIRECTORY),
        mapping.whole("depth", 1, PopulationShape.DEEPEST),
        mapping.has("shared") && mapping.flag("shared"));
  }

  private static YamlMapping onlyOne(YamlMapping parent, String key, List<String> kinds) {
    YamlMapping mapping = parent.mapping(key).withOnly(kinds);
    if (mapping.keys().size() != 1) {
      throw parent.refused(key, "one of " + String.join(", ", kinds));
    }
    return mapping;
  }

  private static ByteSize size(YamlMapping mapping, String key) {
    return mapping.value(
        key,
        SIZE,
        text -> {
          ByteSize size = ByteSize.parse(text);
          if (size.compareTo(Payload.LARGEST) > 0) {
            throw new IllegalArgumentException(text);
          }
          return size;
        });
  }

  /** What fits together badly is said in the words of the value that refused it. */
  private static <T> T checked(YamlMapping mapping, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw mapping.refused(e.getMessage());
    }
  }
}
