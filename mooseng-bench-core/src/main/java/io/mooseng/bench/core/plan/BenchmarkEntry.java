package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.target.OperationKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One benchmark method in one JMH mode, as it was found on the class path.
 *
 * @param className fully qualified
 * @param jmhMode JMH's short label of the mode, such as {@code thrpt}
 * @param parameters declared parameters with their default values, in order of declaration
 * @param sizes effective sizes when neither a profile nor the user decides: annotations, then JMH's
 *     defaults
 * @param threads client threads unless the user decides
 */
public record BenchmarkEntry(
    String className,
    String method,
    String jmhMode,
    Map<String, List<String>> parameters,
    Sizes sizes,
    OperationKind kind,
    Set<Trait> traits,
    int threads) {

  public BenchmarkEntry {
    traits = Set.copyOf(traits);
  }

  /** See {@link Trait#SCHEDULED}. */
  public boolean scheduled() {
    return traits.contains(Trait.SCHEDULED);
  }

  /** See {@link Trait#STARTS_SYSTEM}. */
  public boolean startsSystem() {
    return traits.contains(Trait.STARTS_SYSTEM);
  }

  /** The name JMH knows it by: class and method. */
  public String fullName() {
    return className + "." + method;
  }

  /** The name people use: simple class name and method. */
  public String shortName() {
    return className.substring(className.lastIndexOf('.') + 1) + "." + method;
  }

  /** The same benchmark with other parameters. */
  public BenchmarkEntry withParameters(Map<String, List<String>> other) {
    return new BenchmarkEntry(className, method, jmhMode, other, sizes, kind, traits, threads);
  }

  /** Whether the benchmark runs against a target at all. */
  public boolean hasTarget() {
    return parameters.containsKey(Cell.TARGET_PARAMETER);
  }
}
