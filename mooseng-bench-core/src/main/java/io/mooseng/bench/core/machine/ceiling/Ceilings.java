package io.mooseng.bench.core.machine.ceiling;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The limits of the machine, as measured in one run.
 *
 * @param measured in the order of {@link CeilingKind}
 * @param unavailable why a limit was not measured, one line each; no kind is in both maps
 */
public record Ceilings(Map<CeilingKind, Ceiling> measured, Map<CeilingKind, String> unavailable) {

  /** Nothing was measured, and nobody tried. */
  public static final Ceilings NONE = new Ceilings(Map.of(), Map.of());

  public Ceilings {
    measured = ordered(measured);
    unavailable = ordered(unavailable);
    if (!Collections.disjoint(measured.keySet(), unavailable.keySet())) {
      throw new IllegalArgumentException(
          "both measured and unavailable: " + measured.keySet() + ", " + unavailable.keySet());
    }
  }

  private static <V> Map<CeilingKind, V> ordered(Map<CeilingKind, V> map) {
    EnumMap<CeilingKind, V> copy = new EnumMap<>(CeilingKind.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  /** The best value of a kind in its unit; empty if it was not measured. */
  public OptionalDouble value(CeilingKind kind) {
    return Optional.ofNullable(measured.get(kind))
        .map(ceiling -> OptionalDouble.of(ceiling.value()))
        .orElse(OptionalDouble.empty());
  }

  /** Why a kind was not measured, for a person. */
  String whyNot(CeilingKind kind) {
    return kind.label() + " was not measured: " + unavailable.getOrDefault(kind, "not asked for");
  }
}
