package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.plan.Trait;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks on the class path, as JMH's annotation processor listed them. */
public final class BenchmarkCatalogue {

  private BenchmarkCatalogue() {}

  /**
   * The benchmarks that match the user's regular expressions, one entry per mode.
   *
   * @throws ConfigurationException if none match, or an expression is malformed
   */
  public static List<BenchmarkEntry> find(JmhCommand command) {
    CommandLineOptions options = command.whole();
    Collection<BenchmarkListEntry> found;
    try {
      found =
          BenchmarkList.defaultList().find(silent(), options.getIncludes(), options.getExcludes());
    } catch (PatternSyntaxException e) {
      throw new ConfigurationException(
          "'%s' is not a regular expression: %s".formatted(e.getPattern(), e.getDescription()));
    }
    if (found.isEmpty()) {
      throw new ConfigurationException(
          "no benchmark matches %s; -l lists them"
              .formatted(String.join(" ", options.getIncludes())));
    }
    List<BenchmarkEntry> entries = new ArrayList<>();
    for (BenchmarkListEntry entry : found) {
      for (Mode mode : modes(entry, options)) {
        entries.add(entry(entry, mode));
      }
    }
    return entries.stream().distinct().toList();
  }

  private static OutputFormat silent() {
    return OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
  }

  private static Collection<Mode> modes(BenchmarkListEntry entry, CommandLineOptions options) {
    Collection<Mode> chosen =
        options.getBenchModes().isEmpty() ? List.of(entry.getMode()) : options.getBenchModes();
    if (chosen.contains(Mode.All)) {
      return Arrays.stream(Mode.values()).filter(mode -> mode != Mode.All).toList();
    }
    return chosen;
  }

  private static BenchmarkEntry entry(BenchmarkListEntry entry, Mode mode) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (entry.getParams().hasValue()) {
      new TreeMap<>(entry.getParams().get())
          .forEach((name, values) -> parameters.put(name, List.of(values)));
    }
    String fullName = entry.getUsername();
    String method = fullName.substring(fullName.lastIndexOf('.') + 1);
    return new BenchmarkEntry(
        entry.getUserClassQName(),
        method,
        mode.shortLabel(),
        parameters,
        sizes(entry, mode),
        measures(entry, method).map(Measures::value).orElse(OperationKind.HARNESS),
        measures(entry, method).map(BenchmarkCatalogue::traits).orElse(Set.of()),
        entry.getThreads().orElse(Defaults.THREADS));
  }

  private static Set<Trait> traits(Measures measures) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    Map.of(
            Trait.SCHEDULED, measures.scheduled(),
            Trait.CONCURRENT, measures.concurrent(),
            Trait.OPENS_CONNECTIONS, measures.opensConnections(),
            Trait.TIMES_TCP_CONNECT, measures.timesTcpConnect(),
            Trait.STARTS_SYSTEM, measures.startsSystem())
        .forEach(
            (trait, has) -> {
              if (has) {
                traits.add(trait);
              }
            });
    return traits;
  }

  /** JMH's own rule: annotation, else the default of the mode. */
  private static Sizes sizes(BenchmarkListEntry entry, Mode mode) {
    boolean single = mode == Mode.SingleShotTime;
    return new Sizes(
        entry.getForks().orElse(Defaults.MEASUREMENT_FORKS),
        entry.getWarmupForks().orElse(Defaults.WARMUP_FORKS),
        entry
            .getWarmupIterations()
            .orElse(single ? Defaults.WARMUP_ITERATIONS_SINGLESHOT : Defaults.WARMUP_ITERATIONS),
        JmhCommand.duration(entry.getWarmupTime().orElse(Defaults.WARMUP_TIME)),
        entry
            .getMeasurementIterations()
            .orElse(
                single
                    ? Defaults.MEASUREMENT_ITERATIONS_SINGLESHOT
                    : Defaults.MEASUREMENT_ITERATIONS),
        JmhCommand.duration(entry.getMeasurementTime().orElse(Defaults.MEASUREMENT_TIME)));
  }

  /** What the method says it measures, else what its class says. */
  private static Optional<Measures> measures(BenchmarkListEntry entry, String method) {
    String className = entry.getUserClassQName();
    try {
      Class<?> benchmark =
          Class.forName(className, false, BenchmarkCatalogue.class.getClassLoader());
      return Stream.concat(
              Arrays.stream(benchmark.getMethods()).filter(m -> m.getName().equals(method)),
              Stream.of(benchmark))
          .map(element -> element.getAnnotation(Measures.class))
          .filter(Objects::nonNull)
          .findFirst();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(className + " is listed but not on the class path", e);
    }
  }
}
