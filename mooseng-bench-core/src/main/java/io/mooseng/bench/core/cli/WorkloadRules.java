package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.execution.ReplayPlan;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.workload.mix.BoundedWorkload;
import io.mooseng.bench.core.workload.mix.Workload;
import io.mooseng.bench.core.workload.mix.WorkloadPlan;
import io.mooseng.bench.core.workload.mix.Workloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which workloads a run knows and which trace it performs again, and what must be so before it may.
 */
final class WorkloadRules {

  /** The parameter that bounds a population. */
  private static final String POPULATION = "population";

  /** A trace of one operation has no length, and JMH takes none that is 0. */
  private static final long SHORTEST_NANOS = 1_000_000;

  private static final String MIXES = "MixBenchmark";

  private final RunSettings settings;
  private final Workloads workloads;
  private final Optional<Duration> traceLength;
  private final List<String> notes = new ArrayList<>();

  private WorkloadRules(RunSettings settings, Workloads workloads, Optional<Duration> traceLength) {
    this.settings = settings;
    this.workloads = workloads;
    this.traceLength = traceLength;
  }

  /**
   * Reads the files the settings name.
   *
   * @throws ConfigurationException in one line, if one of them is not accepted
   */
  static WorkloadRules of(RunSettings settings) {
    Optional<Duration> length =
        settings
            .workload()
            .trace()
            .map(file -> ReplayPlan.read(traceOrigin(settings), file).lengthNanos())
            .map(nanos -> Duration.ofNanos(Math.max(nanos, SHORTEST_NANOS)));
    return new WorkloadRules(settings, Workloads.load(settings.workload().workloads()), length);
  }

  private static String traceOrigin(RunSettings settings) {
    return SettingKey.TRACE.option() + " " + settings.workload().trace().orElseThrow();
  }

  /**
   * The benchmarks that can run: every workload is accepted where one is, and without a trace
   * nothing replays one.
   *
   * @param chosen whether the user chose them by name
   * @throws ConfigurationException if none is left
   */
  List<BenchmarkEntry> runnable(List<BenchmarkEntry> benchmarks, boolean chosen) {
    List<BenchmarkEntry> runnable = new ArrayList<>();
    for (BenchmarkEntry entry : benchmarks) {
      if (entry.parameters().containsKey(Cell.PACE_PARAMETER)
          && settings.workload().trace().isEmpty()) {
        if (chosen) {
          notes.add(
              "%s is left out: it needs %s FILE, which --record-traces writes"
                  .formatted(entry.shortName(), SettingKey.TRACE.option()));
        }
      } else {
        runnable.add(accepting(entry));
      }
    }
    if (runnable.isEmpty()) {
      throw new ConfigurationException("nothing to run: " + String.join("; ", notes));
    }
    return runnable;
  }

  private BenchmarkEntry accepting(BenchmarkEntry entry) {
    if (!entry.parameters().containsKey(Cell.WORKLOAD_PARAMETER)) {
      return entry;
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>(entry.parameters());
    parameters.put(Cell.WORKLOAD_PARAMETER, workloads.names());
    return entry.withParameters(parameters);
  }

  /**
   * The user's parameters; whoever brings workloads and names none wants all of those to run.
   *
   * @throws ConfigurationException if there is none, or no benchmark to run them
   */
  Map<String, List<String>> parameters(
      Map<String, List<String>> given, List<BenchmarkEntry> benchmarks) {
    boolean used =
        benchmarks.stream()
            .anyMatch(entry -> entry.parameters().containsKey(Cell.WORKLOAD_PARAMETER));
    require(used || settings.workload().workloads().isEmpty(), SettingKey.WORKLOADS, MIXES);
    if (settings.workload().workloads().isEmpty() || given.containsKey(Cell.WORKLOAD_PARAMETER)) {
      return given;
    }
    List<String> builtIn = Workloads.load(Optional.empty()).names();
    List<String> own = workloads.names().stream().filter(name -> !builtIn.contains(name)).toList();
    if (own.isEmpty()) {
      throw new ConfigurationException(
          "%s %s: accepted: a mapping of one workload or more"
              .formatted(SettingKey.WORKLOADS.option(), settings.workload().workloads().get()));
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>(given);
    parameters.put(Cell.WORKLOAD_PARAMETER, own);
    return parameters;
  }

  /**
   * Refuses what no row of the plan can do.
   *
   * @param threads client threads of a fork, if the user decided
   * @return the plan, with notes
   * @throws ConfigurationException in one line
   */
  Plan checked(Plan plan, OptionalInt threads) {
    List<Cell> mixes = plan.cells().stream().filter(WorkloadRules::isMix).toList();
    require(
        !mixes.isEmpty() || settings.workload().workloads().isEmpty(), SettingKey.WORKLOADS, MIXES);
    require(
        plan.cells().stream().anyMatch(Cell::replays) || settings.workload().trace().isEmpty(),
        SettingKey.TRACE,
        "ReplayBenchmark");
    mixes.forEach(cell -> requireClients(cell, threads.orElse(cell.benchmark().threads())));
    List<String> all = new ArrayList<>(plan.notes());
    all.addAll(notes);
    if (settings.workload().recordTraces()) {
      List<Cell> silent = plan.cells().stream().filter(cell -> !cell.records()).toList();
      require(
          silent.size() < plan.cells().size(),
          SettingKey.RECORD_TRACES,
          "benchmarks of files, such as FileReadBenchmark and MixBenchmark, neither simulated nor"
              + " searching a rate");
      if (!silent.isEmpty()) {
        all.add(
            "%s records operations on files whose rate is not searched; %d of %d rows leave no trace"
                .formatted(SettingKey.RECORD_TRACES.option(), silent.size(), plan.cells().size()));
      }
    }
    return new Plan(
        plan.groups().stream()
            .map(group -> group.stream().map(this::asLongAsItsTrace).toList())
            .toList(),
        all);
  }

  /** So that progress, and JMH's patience, know how long a replay takes that keeps the pace. */
  private Cell asLongAsItsTrace(Cell cell) {
    return cell.replays() && traceLength.isPresent()
        ? cell.withSizes(cell.sizes().withTime(traceLength.get()))
        : cell;
  }

  private static boolean isMix(Cell cell) {
    return cell.parameters().containsKey(Cell.WORKLOAD_PARAMETER);
  }

  private static void require(boolean used, SettingKey key, String accepted) {
    if (!used) {
      throw new ConfigurationException(
          "%s: no selected benchmark uses it; accepted with %s".formatted(key.option(), accepted));
    }
  }

  /** Each client of a workload needs a file of its own. */
  private void requireClients(Cell cell, int clients) {
    Workload workload = workloads.named(cell.parameters().get(Cell.WORKLOAD_PARAMETER));
    ByteSize most = ByteSize.parse(cell.parameters().get(POPULATION));
    new WorkloadPlan(
        BoundedWorkload.of(workload, settings.seed(), clients, most).workload(),
        settings.seed(),
        clients);
  }
}
