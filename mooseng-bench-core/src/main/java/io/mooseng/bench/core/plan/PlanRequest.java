package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.config.ServerPlace;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asked to run.
 *
 * @param benchmarks those that match the user's regular expressions, or all
 * @param parameters the user's {@code -p} options
 * @param sizes the user's sizing options; what they leave open is decided further down
 * @param sizing profile that decides the sizes the user did not; empty if the user gave any
 * @param choice profile that chooses the cells; empty if the user gave regular expressions
 * @param server where the embedded server runs
 * @param tls files the user gave
 * @param targets in the order of the command line, at least one
 * @param links which links are emulated
 * @param mostWarmups iterations that forks may warm up in which decide that themselves; empty if
 *     they do not, or if the user said how many
 */
public record PlanRequest(
    List<BenchmarkEntry> benchmarks,
    Map<String, List<String>> parameters,
    Sizes sizes,
    Optional<Profile> sizing,
    Optional<Profile> choice,
    ServerPlace server,
    TlsFiles tls,
    List<ResolvedTarget> targets,
    LinkChoice links,
    Optional<Integer> mostWarmups) {

  /** With the embedded server in a process of its own, no files for TLS and no network for all. */
  public PlanRequest(
      List<BenchmarkEntry> benchmarks,
      Map<String, List<String>> parameters,
      Sizes sizes,
      Optional<Profile> sizing,
      Optional<Profile> choice,
      List<ResolvedTarget> targets) {
    this(
        benchmarks,
        parameters,
        sizes,
        sizing,
        choice,
        ServerPlace.PROCESS,
        TlsFiles.NONE,
        targets,
        LinkChoice.none(),
        Optional.empty());
  }
}
