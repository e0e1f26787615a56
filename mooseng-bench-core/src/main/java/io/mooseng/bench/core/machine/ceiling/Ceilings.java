package io.mooseng.bench.core.machine.ceiling;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The limits of the machine, as measured in one run, with the disk of one place.
 *
 * @param measured in the order of {@link CeilingKind}
 * @param unavailable why a limit was not measured, one line each; no kind is in both maps
 * @param place tells the disk's limits from those of the run's first place; empty for that one
 */
public record Ceilings(
    Map<CeilingKind, Ceiling> measured, Map<CeilingKind, String> unavailable, String place) {

  /** Nothing was measured, and nobody tried. */
  public static final Ceilings NONE = new Ceilings(Map.of(), Map.of());

  /** The limits of the machine and of the first, or only, place. */
  public Ceilings(Map<CeilingKind, Ceiling> measured, Map<CeilingKind, String> unavailable) {
    this(measured, unavailable, "");
  }

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

  /** The name of a limit in result files: with its place, if it belongs to one. */
  public String name(CeilingKind kind) {
    return kind.ofDisk() && !place.isEmpty() ? kind.label() + "@" + place : kind.label();
  }

  /**
   * The same machine with the disk of another place.
   *
   * @param disk what was measured there
   */
  public Ceilings in(String otherPlace, Ceilings disk) {
    Map<CeilingKind, Ceiling> values = new EnumMap<>(CeilingKind.class);
    Map<CeilingKind, String> missing = new EnumMap<>(CeilingKind.class);
    for (CeilingKind kind : CeilingKind.values()) {
      Ceilings source = kind.ofDisk() ? disk : this;
      Optional.ofNullable(source.measured.get(kind)).ifPresent(value -> values.put(kind, value));
      Optional.ofNullable(source.unavailable.get(kind)).ifPresent(why -> missing.put(kind, why));
    }
    return new Ceilings(values, missing, otherPlace);
  }

  /** Why a kind was not measured, for a person. */
  String whyNot(CeilingKind kind) {
    return name(kind) + " was not measured: " + unavailable.getOrDefault(kind, "not asked for");
  }
}
