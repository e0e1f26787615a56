package io.mooseng.bench.multiregion.failover;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.config.YamlMapping;
import io.mooseng.bench.core.model.TimeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is done to a cluster, and when.
 *
 * <pre>{@code
 * name: kill-the-leader
 * length: 10s
 * steps:
 *   - {at: 2s, do: kill, region: leader}
 *   - {at: 6s, do: restart, region: leader}
 * }</pre>
 *
 * @param length of the load; the last step is before its end
 * @param steps by time
 */
public record FaultTimeline(String name, Duration length, List<FaultStep> steps) {

  private static final String TIME_RULE = "a time such as 500ms or 2s";

  public FaultTimeline {
    steps = steps.stream().sorted(Comparator.comparing(FaultStep::at)).toList();
    for (FaultStep step : steps) {
      if (step.at().compareTo(length) >= 0) {
        throw new IllegalArgumentException(
            "step '%s' at %s is not before the end, at %s".formatted(step, step.at(), length));
      }
    }
    if (steps.stream().noneMatch(step -> step.action().breaks())) {
      throw new IllegalArgumentException("no step breaks anything");
    }
  }

  /**
   * A timeline that ships with the program.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static FaultTimeline preset(String name) {
    String resource = name + ".yaml";
    try (InputStream in = FaultTimeline.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no timeline '" + name + "'");
      }
      return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a timeline.
   *
   * @param origin names the file in messages
   * @throws ConfigurationException in one line: file, key, value, what is accepted
   */
  public static FaultTimeline parse(String origin, String yaml) {
    JsonNode root = StrictYaml.parseMapping(origin, yaml, "a timeline");
    YamlMapping mapping = YamlMapping.of(origin, root).withOnly(List.of("name", "length", "steps"));
    List<FaultStep> steps = new ArrayList<>();
    for (JsonNode node : root.path("steps")) {
      String where = origin + ": step " + (steps.size() + 1);
      steps.add(step(where, YamlMapping.of(where, node)));
    }
    try {
      return new FaultTimeline(
          mapping.text("name"), mapping.value("length", TIME_RULE, TimeText::parse), steps);
    } catch (ConfigurationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(origin + ": " + e.getMessage());
    }
  }

  private static FaultStep step(String where, YamlMapping step) {
    step.withOnly(List.of("at", "do", "region", "by"));
    Duration at = step.value("at", TIME_RULE, TimeText::parse);
    FaultAction action =
        step.value("do", String.join(", ", FaultAction.labels()), FaultAction::parse);
    Duration by = step.has("by") ? step.value("by", TIME_RULE, TimeText::parse) : Duration.ZERO;
    String region = step.text("region");
    try {
      return new FaultStep(at, action, region, by);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(where + ": " + e.getMessage());
    }
  }

  /** When the first fault comes. */
  public Duration firstFault() {
    return steps.stream().filter(step -> step.action().breaks()).findFirst().orElseThrow().at();
  }

  /** When the last fault has been mended; empty if none is. */
  public Optional<Duration> lastMend() {
    return steps.stream()
        .filter(step -> step.action().mends())
        .map(FaultStep::at)
        .reduce((first, second) -> second);
  }
}
