package io.mooseng.bench.multiregion.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.config.YamlLines;
import io.mooseng.bench.core.config.YamlMapping;
import io.mooseng.bench.core.model.TimeText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads round-trip times that a user has measured.
 *
 * <pre>{@code
 * name: ours
 * source: ping between our sites, 2026-11-20
 * regions: [graz, oslo, lyon]
 * rtt:
 *   graz: {oslo: 41.5ms, lyon: 28ms}
 *   oslo: {graz: 42ms, lyon: 39.1ms}
 * }</pre>
 *
 * What only one end has measured holds for both.
 */
public final class MatrixFile {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private MatrixFile() {}

  /**
   * @param origin names the file in messages: {@code -p regions=FILE}
   * @throws ConfigurationException in one line: file, key, value, what is accepted
   */
  public static RttMatrix read(String origin, Path file) {
    return parse(origin, StrictYaml.read(origin, file));
  }

  static RttMatrix parse(String origin, String yaml) {
    JsonNode root = StrictYaml.parseMapping(origin, yaml, "round-trip times");
    YamlMapping mapping =
        YamlMapping.of(origin, root, YamlLines.of(yaml), "")
            .withOnly(List.of("name", "source", "regions", "rtt"));
    List<String> regions = mapping.texts("regions");
    if (!regions.stream().allMatch(region -> NAME.matcher(region).matches())
        || regions.stream().distinct().count() < regions.size()) {
      throw mapping.refused(
          "regions", "names of lower-case letters, digits and hyphens, from a letter, each once");
    }
    Map<String, Map<String, Duration>> rtts = new LinkedHashMap<>();
    YamlMapping rows = mapping.mapping("rtt").withOnly(regions);
    for (String from : rows.keys()) {
      YamlMapping row = rows.mapping(from).withOnly(regions);
      Map<String, Duration> distances = new LinkedHashMap<>();
      for (String to : row.keys()) {
        distances.put(to, row.value(to, "a time such as 72.7ms", TimeText::parse));
      }
      rtts.put(from, distances);
    }
    try {
      return new RttMatrix(mapping.text("name"), mapping.text("source"), regions, rtts);
    } catch (ConfigurationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(origin + ": " + e.getMessage());
    }
  }
}
