package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.RunRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What {@code compare} and {@code gate} are told alike of two runs that are there. */
final class ComparisonArguments {

  @Option(
      names = "--paired",
      description = "Fork f of both runs was measured in one turn, as compare --jar-a does.")
  private boolean paired;

  @Option(
      names = "--common-rows",
      description =
          "Compare the rows that both runs have, though they selected different ones"
              + " (workload.hash).")
  private boolean commonRows;

  @Option(
      names = NoiseStore.OPTION,
      paramLabel = "FILE|none",
      description = "The noise of this machine, as aa keeps it. Default: in bench-results.")
  private String noise;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Also write Markdown.")
  private Path markdown;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the comparison as JSON.")
  private Path json;

  boolean paired() {
    return paired;
  }

  /** Hard facts that may differ, before it is known whether the runs allow that. */
  Set<String> mayDiffer() {
    return commonRows ? CommonRows.MAY_DIFFER : Set.of();
  }

  /**
   * Hard facts that may differ in these runs.
   *
   * @throws io.mooseng.bench.core.config.ConfigurationException if rows that both have were not
   *     measured alike
   */
  Set<String> notCompared(RunRecord base, RunRecord candidate) {
    return commonRows ? CommonRows.require(base, candidate) : Set.of();
  }

  /**
   * Noise of the machine, by metric.
   *
   * @param results where it is kept, unless another file was named
   */
  Map<String, Double> noiseFloors(Path results, Environment machine) {
    return NoiseStore.of(Optional.ofNullable(noise), results, machine).floors().floors();
  }

  /** Null if it was not asked for. */
  Path markdown() {
    return markdown;
  }

  /** Null if it was not asked for. */
  Path json() {
    return json;
  }
}
