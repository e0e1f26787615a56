package io.mooseng.bench.core.result;

import java.util.Map;
import java.util.SortedMap;

/**
 * The fingerprint of the machine and the software a run was made with.
 *
 * @param hard facts that must be equal for two runs to be comparable: CPU model, cores, memory,
 *     kernel, JDK and flags, GC, workload hash
 * @param soft facts whose difference is a warning: library versions, commit, disk, governor
 */
public record Environment(SortedMap<String, String> hard, SortedMap<String, String> soft) {

  /** What is written where a machine does not have a fact; a fact is never left out. */
  public static final String NONE = "none";

  public Environment {
    hard = Frozen.sorted(Frozen.require("environment.hard", hard));
    soft = Frozen.sorted(Frozen.require("environment.soft", soft));
  }

  public static Environment of(Map<String, String> hard, Map<String, String> soft) {
    return new Environment(Frozen.sorted(hard), Frozen.sorted(soft));
  }
}
