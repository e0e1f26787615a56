package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.link.ChosenNetwork;
import io.mooseng.bench.core.load.RateChoice;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One row of results: a benchmark at one value of each parameter against one target.
 *
 * @param parameters every JMH parameter, {@value #TARGET_PARAMETER} included
 * @param target empty for a benchmark that has no target
 * @param sizes with nothing left open
 * @param network emulated between clients and target, if any
 */
public record Cell(
    BenchmarkEntry benchmark,
    SortedMap<String, String> parameters,
    Optional<ResolvedTarget> target,
    Sizes sizes,
    Optional<ChosenNetwork> network) {

  /** The JMH parameter that carries the label of the target. */
  public static final String TARGET_PARAMETER = "target";

  /** The JMH parameter that asks for an emulated link of this round-trip time. */
  public static final String RTT_PARAMETER = "rtt";

  /** The JMH parameter that says whether writes are forced to disk. */
  public static final String FSYNC_PARAMETER = "fsync";

  /** The JMH parameter that says whether reads find data in the page cache. */
  public static final String CACHE_PARAMETER = "cache";

  /** The JMH parameter that names a mix of operations. */
  public static final String WORKLOAD_PARAMETER = "workload";

  /** The JMH parameter that says how fast a trace is performed again. */
  public static final String PACE_PARAMETER = "pace";

  /** The JMH parameter that says at which rate operations are offered. */
  public static final String RATE_PARAMETER = "rate";

  /** The JMH parameter that says how the intended starts of operations lie. */
  public static final String ARRIVAL_PARAMETER = "arrival";

  /** The JMH parameter that says how long operations are offered. */
  public static final String DURATION_PARAMETER = "duration";

  /** The JMH parameter that says whether connections are encrypted, and who shows a certificate. */
  public static final String TLS_PARAMETER = "tls";

  /** Value of {@link #TLS_PARAMETER}: plain text. */
  public static final String TLS_OFF = "off";

  /** Value of {@link #TLS_PARAMETER}: the server shows a certificate. */
  public static final String TLS_SERVER = "server";

  /** Value of {@link #TLS_PARAMETER}: both sides do. */
  public static final String TLS_MUTUAL = "mutual";

  /** Values of {@link #FSYNC_PARAMETER}. */
  public static final List<String> FSYNC_VALUES = List.of("off", "on");

  /** Values of {@link #CACHE_PARAMETER}. */
  public static final List<String> CACHE_VALUES = List.of("warm", "cold");

  public Cell {
    parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** A cell without an emulated network. */
  public Cell(
      BenchmarkEntry benchmark,
      SortedMap<String, String> parameters,
      Optional<ResolvedTarget> target,
      Sizes sizes) {
    this(benchmark, parameters, target, sizes, Optional.empty());
  }

  /** The round-trip time the parameters ask for, if they do. */
  public Optional<Duration> linkRtt() {
    return Optional.ofNullable(parameters.get(RTT_PARAMETER)).map(ParameterRules::rtt);
  }

  /** Whether a model answers in virtual time. */
  public boolean isSimulated() {
    return target.filter(answers -> answers.fidelity() == Fidelity.SIMULATED).isPresent();
  }

  /** Whether writes are forced to disk; empty if the benchmark leaves that to the run. */
  public Optional<Boolean> fsync() {
    return Optional.ofNullable(parameters.get(FSYNC_PARAMETER)).map("on"::equals);
  }

  /** How connections are encrypted; empty if the benchmark leaves that to the run. */
  public Optional<String> tls() {
    return Optional.ofNullable(parameters.get(TLS_PARAMETER));
  }

  /** Whether the page cache is emptied before every read. */
  public boolean readsCold() {
    return "cold".equals(parameters.get(CACHE_PARAMETER));
  }

  /**
   * Whether its operations are those of files on a target, and can be written down. A search is
   * many schedules, of which the row has the last: a trace would have all of them.
   */
  public boolean records() {
    return benchmark.hasTarget()
        && benchmark.kind().usesFiles()
        && !benchmark.startsSystem()
        && !searches()
        && !isSimulated();
  }

  private boolean searches() {
    return Optional.ofNullable(parameters.get(RATE_PARAMETER))
        .map(RateChoice::parse)
        .filter(RateChoice.Highest.class::isInstance)
        .isPresent();
  }

  /** The same cell with other sizes. */
  public Cell withSizes(Sizes other) {
    return new Cell(benchmark, parameters, target, other, network);
  }

  /** Whether it performs a trace again. */
  public boolean replays() {
    return parameters.containsKey(PACE_PARAMETER);
  }

  /** One line for a person. */
  public String describe() {
    StringBuilder text = new StringBuilder(benchmark.shortName());
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(' ').append(parameter.getKey()).append('=').append(parameter.getValue());
    }
    network.ifPresent(link -> text.append(" network=").append(link.label()));
    return text.toString();
  }
}
