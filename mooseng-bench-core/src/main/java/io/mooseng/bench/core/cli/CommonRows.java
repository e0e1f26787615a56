package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.RowNames;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunRecord;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether the rows that two runs have in common were measured alike, though the runs selected
 * different ones: same seed, and same sizes of every such row.
 */
final class CommonRows {

  /** Hard facts that need not be equal, if all else is. */
  static final Set<String> MAY_DIFFER = Set.of("workload.hash");

  private static final String SIZES = "sizes";
  private static final String SEED = "seed";

  private CommonRows() {}

  /**
   * The facts that need not be equal, then.
   *
   * @throws ConfigurationException naming the row and its sizes, if they differ
   */
  static Set<String> require(RunRecord base, RunRecord candidate) {
    requireSame(SEED, base.configuration().get(SEED), candidate.configuration().get(SEED));
    Set<RowKey> known =
        Set.copyOf(base.results().stream().map(ResultRecord::key).distinct().toList());
    for (ResultRecord row : candidate.results()) {
      if (known.contains(row.key())) {
        requireSame(
            "sizes of " + RowNames.of(row.key()),
            sizes(base, row.key()),
            sizes(candidate, row.key()));
      }
    }
    return MAY_DIFFER;
  }

  private static void requireSame(String what, Object base, Object candidate) {
    if (base == null || !Objects.equals(base, candidate)) {
      throw new ConfigurationException(
          "--common-rows: not comparable: %s: %s v %s".formatted(what, base, candidate));
    }
  }

  /** As the run wrote them, by cell. */
  private static Object sizes(RunRecord run, RowKey key) {
    StringBuilder cell = new StringBuilder(key.benchmark());
    key.params().forEach((name, value) -> cell.append(' ').append(name).append('=').append(value));
    if (!key.network().equals("none")) {
      cell.append(" network=").append(key.network());
    }
    cell.append(' ').append(key.jmhMode());
    return run.configuration().get(SIZES) instanceof Map<?, ?> sizes
        ? sizes.get(cell.toString())
        : null;
  }
}
