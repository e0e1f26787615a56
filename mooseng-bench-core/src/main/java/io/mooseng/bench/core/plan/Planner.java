package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.ServerPlace;
import io.mooseng.bench.core.load.LoadShape;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns a request into a plan, or refuses it before anything has started. */
public final class Planner {

  private static final List<String> SHAPE =
      List.of(Cell.RATE_PARAMETER, Cell.ARRIVAL_PARAMETER, Cell.DURATION_PARAMETER);

  private final PlanRequest request;
  private final List<List<Cell>> groups = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Planner(PlanRequest request) {
    this.request = request;
  }

  /**
   * Plans the request.
   *
   * @throws ConfigurationException if a parameter is unknown or has a bad value, or if nothing is
   *     left to run
   */
  public static Plan plan(PlanRequest request) {
    Planner planner = new Planner(request);
    planner.checkParameterNames();
    request.benchmarks().forEach(planner::add);
    if (planner.groups.isEmpty()) {
      throw new ConfigurationException(
          planner.notes.isEmpty()
              ? "nothing to run: the profile selects none of the matching benchmarks"
              : "nothing to run: " + String.join("; ", planner.notes));
    }
    return new Plan(planner.groups, planner.notes);
  }

  private void checkParameterNames() {
    TreeSet<String> known = new TreeSet<>();
    request.benchmarks().forEach(entry -> known.addAll(entry.parameters().keySet()));
    for (String name : request.parameters().keySet()) {
      if (!known.contains(name)) {
        throw new ConfigurationException(
            "-p %s=…: no selected benchmark has this parameter; accepted: %s"
                .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  private void add(BenchmarkEntry entry) {
    Optional<Profile.Selection> selection = Optional.empty();
    if (request.choice().isPresent()) {
      selection = firstMatch(request.choice().get(), entry);
      if (selection.isEmpty()) {
        return;
      }
    }
    List<ResolvedTarget> targets = targetsFor(entry);
    if (entry.hasTarget() && targets.isEmpty()) {
      return;
    }
    if (!entry.hasTarget() && nothingIsMeasured()) {
      notes.add(entry.shortName() + " is left out: it has no target that could be simulated");
      return;
    }
    for (SortedMap<String, String> point : points(valuesOf(entry, selection))) {
      point.entrySet().removeIf(ParameterRules::isUnsaid);
      List<Cell> cells =
          group(entry, point, targets, sizesOf(entry, point)).stream().filter(this::takes).toList();
      if (!cells.isEmpty()) {
        groups.add(cells);
      }
    }
  }

  /** Whether the cell's target can do what its parameters ask for; if not, a note says so. */
  private boolean takes(Cell cell) {
    Optional<String> why = cell.target().flatMap(target -> refusal(cell, target));
    why.map(
            reason ->
                "%s is left out for target %s: %s"
                    .formatted(cell.benchmark().shortName(), cell.target().get().label(), reason))
        .filter(note -> !notes.contains(note))
        .ifPresent(notes::add);
    return why.isEmpty();
  }

  private Optional<String> refusal(Cell cell, ResolvedTarget target) {
    boolean embedded = target.fidelity() == Fidelity.EMBEDDED;
    boolean files = target.fidelity() == Fidelity.LIVE && !target.hasSockets();
    if (cell.fsync().orElse(false) && !embedded && !files) {
      return Optional.of("fsync=on cannot be asked of it");
    }
    if (cell.readsCold() && (target.fidelity() == Fidelity.CONTROL || isModel(target))) {
      return Optional.of("cache=cold means nothing there, for it has no page cache");
    }
    Optional<String> tls = cell.tls().flatMap(asked -> refusedTls(asked, target));
    if (tls.isPresent()) {
      return tls;
    }
    return request.links().refusal(cell, target, request.server() == ServerPlace.IN_PROCESS);
  }

  /** Why a target cannot be reached with the encryption a benchmark asks for. */
  private Optional<String> refusedTls(String asked, ResolvedTarget target) {
    boolean embedded = target.fidelity() == Fidelity.EMBEDDED;
    if (asked.equals(Cell.TLS_OFF)) {
      return request.tls().enabled()
          ? Optional.of("tls=off contradicts the --tls options")
          : Optional.empty();
    }
    if (asked.equals(Cell.TLS_MUTUAL) && embedded && request.server() == ServerPlace.IN_PROCESS) {
      return Optional.of("--server in-process demands no certificates: tls=mutual cannot be");
    }
    if (embedded) {
      return Optional.empty();
    }
    if (!request.tls().enabled()) {
      return Optional.of("tls=" + asked + " needs --tls-ca");
    }
    return asked.equals(Cell.TLS_MUTUAL) && request.tls().certificate().isEmpty()
        ? Optional.of("tls=mutual needs --tls-cert and --tls-key")
        : Optional.empty();
  }

  private static boolean isModel(ResolvedTarget target) {
    return target.fidelity() == Fidelity.SIMULATED;
  }

  private static Optional<Profile.Selection> firstMatch(Profile profile, BenchmarkEntry entry) {
    return profile.selections().stream().filter(candidate -> candidate.matches(entry)).findFirst();
  }

  private Sizes sizesOf(BenchmarkEntry entry, SortedMap<String, String> point) {
    Sizes sizes = request.sizes();
    if (request.sizing().isPresent()) {
      Profile profile = request.sizing().get();
      sizes =
          sizes.or(
              firstMatch(profile, entry).map(found -> found.sizesAt(point)).orElse(Sizes.NONE));
      if (entry.scheduled()) {
        sizes = sizes.or(entry.sizes().iterationsOnly());
      }
      sizes = sizes.or(profile.sizes());
    }
    Sizes decided = sizes.or(entry.sizes());
    return entry.scheduled()
        ? lengthOf(point).map(decided::scheduled).orElse(decided)
        : request.mostWarmups().map(decided::withWarmupIterations).orElse(decided);
  }

  /** The shape of a row that runs a schedule, if its parameters say so. */
  private static Optional<LoadShape> lengthOf(SortedMap<String, String> point) {
    if (!point.keySet().containsAll(SHAPE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LoadShape.parse(
              point.get(Cell.RATE_PARAMETER),
              point.get(Cell.ARRIVAL_PARAMETER),
              point.get(Cell.DURATION_PARAMETER),
              1));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
  }

  private boolean nothingIsMeasured() {
    return request.targets().stream().allMatch(Planner::isModel);
  }

  /** A model answers alike in every mode of JMH: one of them makes the row. */
  private boolean isFirstMode(BenchmarkEntry entry) {
    return request.benchmarks().stream()
        .filter(other -> other.fullName().equals(entry.fullName()))
        .findFirst()
        .filter(entry::equals)
        .isPresent();
  }

  private List<ResolvedTarget> targetsFor(BenchmarkEntry entry) {
    if (!entry.hasTarget()) {
      return List.of();
    }
    List<String> labels = request.targets().stream().map(ResolvedTarget::label).toList();
    List<String> wanted = request.parameters().getOrDefault(Cell.TARGET_PARAMETER, labels);
    wanted.forEach(label -> ParameterRules.canonical(Cell.TARGET_PARAMETER, label, labels));
    List<ResolvedTarget> targets = new ArrayList<>();
    for (ResolvedTarget target : request.targets()) {
      boolean simulated = target.fidelity() == Fidelity.SIMULATED;
      if (!wanted.contains(target.label()) || simulated && !isFirstMode(entry)) {
        continue;
      }
      if (entry.startsSystem() && target.fidelity() != Fidelity.EMBEDDED) {
        notes.add(
            "%s is left out for target %s: it starts the system it measures"
                .formatted(entry.shortName(), target.label()));
        continue;
      }
      Optional<String> beyondModel = simulated ? beyondModel(entry) : Optional.empty();
      if (beyondModel.isPresent()) {
        notes.add(
            "%s is left out for target %s: %s"
                .formatted(entry.shortName(), target.label(), beyondModel.get()));
      } else if (entry.kind().needsSockets() && !target.hasSockets()) {
        notes.add(
            "%s is left out for target %s, which has no sockets"
                .formatted(entry.shortName(), target.label()));
      } else {
        targets.add(target);
      }
    }
    return targets;
  }

  /** Why no model can answer a benchmark. */
  private static Optional<String> beyondModel(BenchmarkEntry entry) {
    if (entry.traits().contains(Trait.CONCURRENT)) {
      return Optional.of("it needs several client threads, and virtual time has one");
    }
    return entry.traits().contains(Trait.OPENS_CONNECTIONS)
        ? Optional.of("it opens connections of its own, and a model has none")
        : Optional.empty();
  }

  private Map<String, List<String>> valuesOf(
      BenchmarkEntry entry, Optional<Profile.Selection> selection) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    entry
        .parameters()
        .forEach(
            (name, declared) -> {
              if (!name.equals(Cell.TARGET_PARAMETER)) {
                values.put(name, valuesOf(name, declared, selection));
              }
            });
    return values;
  }

  private List<String> valuesOf(
      String name, List<String> declared, Optional<Profile.Selection> selection) {
    return chosen(name, declared, selection).stream()
        .map(value -> ParameterRules.canonical(name, value, declared))
        .distinct()
        .toList();
  }

  private List<String> chosen(
      String name, List<String> declared, Optional<Profile.Selection> selection) {
    List<String> given = request.parameters().get(name);
    if (given != null) {
      return given;
    }
    if (selection.isPresent() && selection.get().parameters().containsKey(name)) {
      return selection.get().parameters().get(name);
    }
    boolean first = selection.isPresent() && selection.get().first();
    return first ? declared.subList(0, 1) : declared;
  }

  /** Every combination of values, the last parameter varying fastest. */
  private static List<SortedMap<String, String>> points(Map<String, List<String>> values) {
    List<SortedMap<String, String>> points = new ArrayList<>();
    points.add(new TreeMap<>());
    for (Map.Entry<String, List<String>> parameter : values.entrySet()) {
      List<SortedMap<String, String>> extended = new ArrayList<>();
      for (SortedMap<String, String> point : points) {
        for (String value : parameter.getValue()) {
          SortedMap<String, String> copy = new TreeMap<>(point);
          copy.put(parameter.getKey(), value);
          extended.add(copy);
        }
      }
      points = extended;
    }
    return points;
  }

  private List<Cell> group(
      BenchmarkEntry entry,
      SortedMap<String, String> point,
      List<ResolvedTarget> targets,
      Sizes sizes) {
    if (targets.isEmpty()) {
      return List.of(new Cell(entry, point, Optional.empty(), sizes));
    }
    List<Cell> cells = new ArrayList<>();
    for (ResolvedTarget target : targets) {
      SortedMap<String, String> parameters = new TreeMap<>(point);
      parameters.put(Cell.TARGET_PARAMETER, target.label());
      cells.add(linked(new Cell(entry, parameters, Optional.of(target), sizes)));
    }
    return cells;
  }

  private Cell linked(Cell cell) {
    return new Cell(
        cell.benchmark(), cell.parameters(), cell.target(), cell.sizes(), request.links().of(cell));
  }
}
