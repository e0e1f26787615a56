package io.mooseng.bench.core.machine.ceiling;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The limits of the machine for each target of a run: their data may lie on different disks.
 *
 * @param first the machine, with the disk of the run's first place
 * @param others by target, for those whose data lies elsewhere
 */
public record PlacedCeilings(Ceilings first, Map<String, Ceilings> others) {

  public PlacedCeilings {
    others = Map.copyOf(others);
  }

  /** One place for all. */
  public static PlacedCeilings of(Ceilings everywhere) {
    return new PlacedCeilings(everywhere, Map.of());
  }

  /** What bounds the rows of a target. */
  public Ceilings of(String target) {
    return others.getOrDefault(target, first);
  }

  /** Every limit that was measured, by its name in result files. */
  public Map<String, Ceiling> named() {
    Map<String, Ceiling> named = new LinkedHashMap<>();
    first.measured().forEach((kind, ceiling) -> named.put(first.name(kind), ceiling));
    Collection<Ceilings> elsewhere = others.values();
    for (Ceilings place : elsewhere) {
      place.measured().forEach((kind, ceiling) -> named.put(place.name(kind), ceiling));
    }
    return named;
  }
}
