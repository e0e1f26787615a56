package io.mooseng.bench.multiregion.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where a chunk has to be before its write is acknowledged. */
public enum ReplicationPolicy {
  /** In the region it was written in. */
  LOCAL,
  /** In a majority of regions, the nearest ones. */
  QUORUM,
  /** In every region. */
  ALL,
  /** In the region it was written in; the others get it afterwards. */
  ASYNC;

  /** As parameters and results call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy with this label. */
  public static ReplicationPolicy parse(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** Whether copies are there before the acknowledgement. */
  boolean copiesFirst() {
    return this != ASYNC;
  }

  /** The other regions of each chain, each the nearest to the one before that is not in it yet. */
  Map<String, List<String>> chains(RttMatrix matrix) {
    int copies =
        switch (this) {
          case LOCAL -> 1;
          case QUORUM -> matrix.regions().size() / 2 + 1;
          case ALL, ASYNC -> matrix.regions().size();
        };
    Map<String, List<String>> chains = new LinkedHashMap<>();
    for (String from : matrix.regions()) {
      List<String> chain = chain(matrix, from, copies);
      if (chain.size() > 1) {
        chains.put(from, chain.subList(1, chain.size()));
      }
    }
    return chains;
  }

  /** The regions that hold a chunk, the one it is written in first. */
  public static List<String> chain(RttMatrix matrix, String from, int copies) {
    List<String> chain = new ArrayList<>(List.of(from));
    while (chain.size() < copies) {
      String last = chain.get(chain.size() - 1);
      matrix.regions().stream()
          .filter(region -> !chain.contains(region))
          .min(Comparator.comparingLong(region -> matrix.rttNanos(last, region)))
          .ifPresent(chain::add);
    }
    return chain;
  }
}
