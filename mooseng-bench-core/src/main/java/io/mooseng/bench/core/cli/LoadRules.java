package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.LoadSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.jmh.JmhCommand;
import io.mooseng.bench.core.load.RateChoice;
import io.mooseng.bench.core.model.ArrivalProcess;
import io.mooseng.bench.core.model.ScheduleLength;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the options of load mean for the benchmarks: each is a parameter of those that run a
 * schedule, and is refused for those that do not.
 */
final class LoadRules {

  /** JMH's mode in which a call is measured once. */
  private static final String SINGLE_SHOT = "ss";

  private final List<Given> given = new ArrayList<>();

  /**
   * An option the user gave.
   *
   * @param parameter of benchmarks
   */
  private record Given(SettingKey option, String parameter, String value) {
    @Override
    public String toString() {
      return option.option() + " " + value;
    }
  }

  LoadRules(LoadSettings load) {
    load.rate().ifPresent(rate -> given(SettingKey.RATE, Cell.RATE_PARAMETER, rate.toString()));
    load.objective()
        .ifPresent(
            objective ->
                given(
                    SettingKey.FIND_MAX_RATE,
                    Cell.RATE_PARAMETER,
                    new RateChoice.Highest(objective).toString()));
    load.arrival()
        .map(ArrivalProcess::label)
        .ifPresent(arrival -> given(SettingKey.ARRIVAL, Cell.ARRIVAL_PARAMETER, arrival));
    load.length()
        .map(ScheduleLength::toString)
        .ifPresent(length -> given(SettingKey.DURATION, Cell.DURATION_PARAMETER, length));
  }

  private void given(SettingKey option, String parameter, String value) {
    given.add(new Given(option, parameter, value));
  }

  /**
   * The benchmarks that take what was given. If the user named benchmarks, all of them must.
   *
   * @throws ConfigurationException naming an option, what does not take it, and what does
   */
  List<BenchmarkEntry> select(List<BenchmarkEntry> benchmarks, boolean named) {
    List<BenchmarkEntry> selected = benchmarks;
    for (Given option : given) {
      List<BenchmarkEntry> taking =
          selected.stream()
              .filter(entry -> entry.parameters().containsKey(option.parameter()))
              .toList();
      if (taking.isEmpty() || named && taking.size() < selected.size()) {
        BenchmarkEntry other =
            selected.stream().filter(entry -> !taking.contains(entry)).findFirst().orElseThrow();
        throw new ConfigurationException(
            "%s: %s takes no %s; accepted: benchmarks with the parameter '%s', such as OpenLoop"
                .formatted(
                    option, other.shortName(), option.option().option(), option.parameter()));
      }
      selected = taking;
    }
    return selected;
  }

  /**
   * Adds what was given to the user's {@code -p} options.
   *
   * @throws ConfigurationException if one of these says something else
   */
  void addTo(Map<String, List<String>> parameters) {
    for (Given option : given) {
      List<String> before = parameters.put(option.parameter(), List.of(option.value()));
      if (before != null && !before.equals(List.of(option.value()))) {
        throw new ConfigurationException(
            "%s with -p %s=%s: they contradict each other; leave one of them out"
                .formatted(option, option.parameter(), String.join(",", before)));
      }
    }
  }

  /**
   * Refuses what JMH would do to rows that run a schedule.
   *
   * @return the plan, with a note where JMH has nothing to say of some rows
   * @throws ConfigurationException naming the option
   */
  static Plan checked(Plan plan, JmhCommand command) {
    List<Cell> scheduled =
        plan.cells().stream().filter(cell -> cell.benchmark().scheduled()).toList();
    if (scheduled.isEmpty()) {
      return plan;
    }
    String names =
        scheduled.stream()
            .map(cell -> cell.benchmark().shortName())
            .distinct()
            .collect(Collectors.joining(", "));
    scheduled.stream()
        .map(cell -> cell.benchmark().jmhMode())
        .filter(mode -> !mode.equals(SINGLE_SHOT))
        .findFirst()
        .ifPresent(
            mode -> {
              throw new ConfigurationException(
                  "-bm %s: one call of %s is a whole schedule; accepted: ss"
                      .formatted(mode, names));
            });
    if (command.threads().orElse(1) != 1) {
      throw new ConfigurationException(
          "-t %d: one thread paces the schedule of %s; accepted: -t 1"
              .formatted(command.threads().getAsInt(), names));
    }
    if (command.batches()) {
      throw new ConfigurationException(
          "-bs or -wbs: one call of %s is a whole schedule; accepted: 1".formatted(names));
    }
    boolean file = command.resultFormat().isPresent();
    if (file && scheduled.size() == plan.cells().size()) {
      throw new ConfigurationException(
          "-rf or -rff: JMH would score the length of the schedule of %s; see run.json and"
                  .formatted(names)
              + " results.csv of the run");
    }
    if (!file && !command.profiles()) {
      return plan;
    }
    List<String> notes = new ArrayList<>(plan.notes());
    notes.add("JMH's table and file leave out " + names + ": a schedule's length is no score");
    return new Plan(plan.groups(), notes);
  }
}
