package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.verdict.PrecisionRule;
import io.mooseng.bench.core.analysis.verdict.WarmUpRule;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.config.TargetMode;
import io.mooseng.bench.core.jmh.BenchmarkCatalogue;
import io.mooseng.bench.core.jmh.JmhCommand;
import io.mooseng.bench.core.jmh.JmhLock;
import io.mooseng.bench.core.machine.PageCache;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.TimeText;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.plan.PlanRequest;
import io.mooseng.bench.core.plan.Planner;
import io.mooseng.bench.core.plan.Profile;
import io.mooseng.bench.core.plan.Profiles;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.plan.Soak;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.TargetResolver;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code run}: measures. Checks everything the user gave before anything is started. */
final class RunCommand {

  private static final String DEFAULT_PROFILE = "quick";

  private final PrintStream out;
  private final PrintStream err;

  RunCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  ExitCode run(List<String> arguments) throws IOException {
    CommandLine line = CommandLine.divide(arguments);
    if (line.jmh().stream().anyMatch(JmhCommand::isListing)) {
      org.openjdk.jmh.Main.main(line.jmh().toArray(String[]::new));
      return ExitCode.OK;
    }
    if (line.jmh().contains("-h") || line.jmh().contains("--help")) {
      Help.print(out);
      return ExitCode.OK;
    }
    RunSettings settings = RunSettings.parse(line.settings());
    settings.live().startAt().ifPresent(CommonStart.bySystemClock()::requireAhead);
    ProviderJars jars = ProviderJars.add(settings.providerJars());
    try {
      return run(line, settings);
    } finally {
      jars.close();
    }
  }

  private ExitCode run(CommandLine line, RunSettings settings) throws IOException {
    JmhCommand command = JmhCommand.parse(line.jmh());
    refuseWhatSimulationCannotAnswer(settings, command);
    WorkloadRules workloads = WorkloadRules.of(settings);
    requireForksAreOpen(settings, command);
    settings.load().soak().ifPresent(time -> requireSizesOfSoak(time, settings, command));
    requireWarmupsEnough(settings, command);
    LoadRules load = new LoadRules(settings.load());
    NetworkRules network = NetworkRules.of(settings);
    boolean named = command.selectsBenchmarks();
    List<BenchmarkEntry> benchmarks =
        load.select(workloads.runnable(BenchmarkCatalogue.find(command), named), named);
    Profiles profiles = Profiles.load();
    settings.profile().ifPresent(profiles::named);
    Map<String, List<String>> parameters =
        workloads.parameters(parameters(settings, command, benchmarks), benchmarks);
    load.addTo(parameters);
    PlanOfTargets planner =
        targets -> {
          Plan plan =
              LoadRules.checked(
                  workloads.checked(
                      network.checked(
                          plan(
                              settings,
                              command,
                              parameters,
                              profiles,
                              benchmarks,
                              targets,
                              network)),
                      command.threads()),
                  command);
          ColdReadRules.check(plan, settings, command.threads(), PageCache.ofThisMachine());
          return settings
              .load()
              .soak()
              .map(time -> Soak.of(plan, time, Optional.ofNullable(command.sizes().time())))
              .orElse(plan);
        };
    Plan asked = planner.plan(TargetResolver.asked(settings));
    requireUsableStore(settings, asked);
    command.requireWritableResultFile();
    network.enter(asked);
    if (settings.mode() == TargetMode.SIMULATED) {
      return new RunSession(settings, command, line, out, err).run(planner);
    }
    JmhLock lock = JmhLock.acquire();
    try {
      return new RunSession(settings, command, line, out, err).run(planner);
    } finally {
      lock.close();
    }
  }

  /** With {@code --fsync}, every row that has the parameter {@code fsync} has it on. */
  private static Map<String, List<String>> parameters(
      RunSettings settings, JmhCommand command, List<BenchmarkEntry> benchmarks) {
    Map<String, List<String>> parameters = new HashMap<>(command.parameters());
    boolean known =
        benchmarks.stream().anyMatch(entry -> entry.parameters().containsKey(Cell.FSYNC_PARAMETER));
    if (!settings.fsync() || !known) {
      return parameters;
    }
    List<String> on = List.of("on");
    List<String> given = parameters.put(Cell.FSYNC_PARAMETER, on);
    if (given != null && !given.equals(on)) {
      throw new ConfigurationException(
          "--fsync with -p fsync=%s: they contradict each other; leave one of them out"
              .formatted(String.join(",", given)));
    }
    return parameters;
  }

  private static void requireForksAreOpen(RunSettings settings, JmhCommand command) {
    if (settings.precision().isPresent() && command.sizes().forks() != null) {
      throw new ConfigurationException(
          "--precision with -f %d: it decides how many forks there are; leave one of them out"
              .formatted(command.sizes().forks()));
    }
  }

  /** How many forks and windows there are follows from the time. */
  private static void requireSizesOfSoak(Duration time, RunSettings settings, JmhCommand command) {
    String soak = SettingKey.SOAK.option() + " " + TimeText.format(time);
    Sizes given = command.sizes();
    if (given.forks() != null && given.forks() != 1) {
      throw new ConfigurationException(
          "%s with -f %d: a row is one fork, so that what ages in it shows; accepted: -f 1"
              .formatted(soak, given.forks()));
    }
    if (given.iterations() != null) {
      throw new ConfigurationException(
          "%s with -i %d: the time says how many windows there are; leave one of them out"
              .formatted(soak, given.iterations()));
    }
    if (settings.precision().isPresent()) {
      throw new ConfigurationException(
          soak + " with --precision: it asks for many forks; leave one of them out");
    }
  }

  private static void requireWarmupsEnough(RunSettings settings, JmhCommand command) {
    Integer most = command.sizes().warmupIterations();
    if (settings.warmupUntilSteady() && most != null && most < WarmUpRule.WINDOW) {
      throw new ConfigurationException(
          ("--warmup-until-steady with -wi %d: that many are the most there can be; accepted: %d or"
                  + " more")
              .formatted(most, WarmUpRule.WINDOW));
    }
  }

  /** As many as there may be, where forks decide how many it takes and the user did not. */
  private static Optional<Integer> mostWarmups(RunSettings settings, JmhCommand command) {
    return settings.warmupUntilSteady() && command.sizes().warmupIterations() == null
        ? Optional.of(WarmUpRule.USUAL_MOST)
        : Optional.empty();
  }

  /** With {@code --precision} as many forks are planned as it may take. */
  private static Sizes sizes(RunSettings settings, JmhCommand command) {
    Sizes given = command.sizes();
    return settings.precision().isPresent()
        ? new Sizes(PrecisionRule.MOST_FORKS, null, null, null, null).or(given)
        : given;
  }

  /** Plans for the targets that turned out to be there. */
  @FunctionalInterface
  interface PlanOfTargets {
    Plan plan(List<ResolvedTarget> targets);
  }

  private static void requireUsableStore(RunSettings settings, Plan asked) {
    boolean served =
        settings.mode() == TargetMode.AUTO
            || asked.cells().stream()
                .flatMap(cell -> cell.target().stream())
                .anyMatch(target -> target.fidelity() == Fidelity.EMBEDDED);
    if (served) {
      settings.store().ifPresent(StoreDirectory::requireUsable);
    }
  }

  private static void refuseWhatSimulationCannotAnswer(RunSettings settings, JmhCommand command) {
    if (settings.mode() != TargetMode.SIMULATED) {
      return;
    }
    if (command.profiles()) {
      throw new ConfigurationException(
          "-prof with --mode simulated: nothing runs that could be profiled; leave one of them"
              + " out");
    }
    if (settings.warmupUntilSteady()) {
      throw new ConfigurationException(
          "--warmup-until-steady with --mode simulated: a model has no warm-up; leave one of them"
              + " out");
    }
    if (command.resultFormat().isPresent()) {
      throw new ConfigurationException(
          "-rf or -rff with --mode simulated: JMH's files cannot say that nothing was measured;"
              + " see run.json and results.csv of the run");
    }
  }

  /** The profile that decides sizes or cells, or null if the user decided both. */
  static String effectiveProfile(RunSettings settings, JmhCommand command) {
    boolean decides = !command.decidesSizes() || !command.selectsBenchmarks();
    return decides ? settings.profile().orElse(DEFAULT_PROFILE) : null;
  }

  private static Plan plan(
      RunSettings settings,
      JmhCommand command,
      Map<String, List<String>> parameters,
      Profiles profiles,
      List<BenchmarkEntry> benchmarks,
      List<ResolvedTarget> targets,
      NetworkRules network) {
    Profile profile = profiles.named(settings.profile().orElse(DEFAULT_PROFILE));
    return Planner.plan(
        new PlanRequest(
            benchmarks,
            parameters,
            sizes(settings, command),
            command.decidesSizes() ? Optional.empty() : Optional.of(profile),
            command.selectsBenchmarks() ? Optional.empty() : Optional.of(profile),
            settings.server(),
            settings.tls(),
            targets,
            network.choice(),
            mostWarmups(settings, command)));
  }
}
