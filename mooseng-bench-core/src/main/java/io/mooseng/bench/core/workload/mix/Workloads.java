package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.config.YamlLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workloads there are: those that ship with the program, read from {@code workloads.yaml}
 * beside this class, and those of a user. Immutable.
 */
public final class Workloads {

  private static final String BUILT_IN = "workloads.yaml";
  private static final String WHAT = "workloads";

  private final Map<String, Workload> byName;

  private Workloads(Map<String, Workload> byName) {
    this.byName = byName;
  }

  /**
   * Reads the workloads.
   *
   * @param file a user's workloads, in the form of the built-in ones
   * @throws ConfigurationException in one line if the file is not accepted, or has a workload with
   *     the name of a built-in one
   */
  public static Workloads load(Optional<Path> file) {
    Map<String, Workload> all =
        new LinkedHashMap<>(
            new WorkloadParser(BUILT_IN)
                .parse(StrictYaml.parseMapping(BUILT_IN, builtInText(), WHAT), YamlLines.NONE));
    if (file.isPresent()) {
      String origin = "--workloads " + file.get();
      String text = StrictYaml.read(origin, file.get());
      new WorkloadParser(origin)
          .parse(StrictYaml.parseMapping(origin, text, WHAT), YamlLines.of(text))
          .forEach((name, workload) -> addOwn(all, origin, workload));
    }
    return new Workloads(all);
  }

  private static void addOwn(Map<String, Workload> all, String origin, Workload workload) {
    if (all.putIfAbsent(workload.name(), workload) != null) {
      throw new ConfigurationException(
          "%s: workload '%s': the name of a built-in workload; accepted: any but %s"
              .formatted(origin, workload.name(), String.join(", ", all.keySet())));
    }
  }

  private static String builtInText() {
    try (InputStream in = Workloads.class.getResourceAsStream(BUILT_IN)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The workload with this name.
   *
   * @throws ConfigurationException if there is none, naming those there are
   */
  public Workload named(String name) {
    Workload workload = byName.get(name);
    if (workload == null) {
      throw new ConfigurationException(
          "-p workload=" + name + ": accepted: " + String.join(", ", byName.keySet()));
    }
    return workload;
  }

  /** The names of all, the built-in ones first. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Every workload, the built-in ones first. */
  public Collection<Workload> all() {
    return Collections.unmodifiableCollection(byName.values());
  }
}
