package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Benchmarks, targets and cells that need no class path. */
public final class Plans {

  /** What the annotations of every benchmark here decide. */
  public static final Sizes ANNOTATED =
      new Sizes(5, 3, Duration.ofSeconds(1), 5, Duration.ofSeconds(2));

  private Plans() {}

  public static ResolvedTarget target(String label, Fidelity fidelity, String uri) {
    return new ResolvedTarget(label, fidelity, Optional.ofNullable(uri), Optional.empty());
  }

  public static ResolvedTarget embedded() {
    return target("embedded", Fidelity.EMBEDDED, null);
  }

  public static ResolvedTarget simulated() {
    return target("simulated", Fidelity.SIMULATED, null);
  }

  /** A benchmark with a target and the parameters given, {@code name=value,value}. */
  public static BenchmarkEntry benchmark(String name, OperationKind kind, String... parameters) {
    Map<String, List<String>> declared = new LinkedHashMap<>();
    for (String parameter : parameters) {
      String[] parts = parameter.split("=", 2);
      declared.put(parts[0], List.of(parts[1].split(",")));
    }
    if (kind != OperationKind.HARNESS) {
      declared.put(Cell.TARGET_PARAMETER, List.of("embedded"));
    }
    int dot = name.lastIndexOf('.');
    return new BenchmarkEntry(
        "org.example." + name.substring(0, dot),
        name.substring(dot + 1),
        "avgt",
        declared,
        ANNOTATED,
        kind,
        Set.of(),
        1);
  }

  /** The same benchmark, as if it had this trait as well. */
  static BenchmarkEntry with(Trait trait, BenchmarkEntry entry) {
    Set<Trait> traits = EnumSet.of(trait);
    traits.addAll(entry.traits());
    return new BenchmarkEntry(
        entry.className(),
        entry.method(),
        trait == Trait.SCHEDULED ? "ss" : entry.jmhMode(),
        entry.parameters(),
        entry.sizes(),
        entry.kind(),
        traits,
        entry.threads());
  }

  /** The same benchmark, as if it needed several client threads. */
  static BenchmarkEntry concurrent(BenchmarkEntry entry) {
    return with(Trait.CONCURRENT, entry);
  }

  /** The same benchmark, as if one call were a whole schedule. */
  static BenchmarkEntry scheduled(BenchmarkEntry entry) {
    return with(Trait.SCHEDULED, concurrent(entry));
  }

  /** One cell at the first value of every parameter. */
  public static Cell cell(BenchmarkEntry benchmark, ResolvedTarget target) {
    TreeMap<String, String> parameters = new TreeMap<>();
    benchmark.parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
    if (target != null) {
      parameters.put(Cell.TARGET_PARAMETER, target.label());
    }
    return new Cell(benchmark, parameters, Optional.ofNullable(target), benchmark.sizes());
  }
}
