package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.analysis.LittlesLaw;
import io.mooseng.bench.core.analysis.Steadiness;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.FailureRecord;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.JmhScores;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.TargetRecord;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.TargetIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;

/** Gathers the forks of one cell and makes its row of results. */
final class RowBuilder {

  /** Of one fork, in the results. */
  private static final int MOST_WARNINGS = 20;

  private final Cell cell;
  private final List<ForkMeasurement> measurements = new ArrayList<>();
  private final List<BenchmarkResult> jmhResults = new ArrayList<>();
  private final Map<FailureKind, Long> errors = new EnumMap<>(FailureKind.class);
  private final Map<FailureKind, String> messages = new EnumMap<>(FailureKind.class);
  private final Set<String> warnings = new LinkedHashSet<>();
  private NetworkRecord network = NetworkRecord.none();
  private Optional<TargetIdentity> identity = Optional.empty();
  private Optional<FailureRecord> failure = Optional.empty();

  RowBuilder(Cell cell) {
    this.cell = cell;
    if (cell.sizes().forks() == 0 && !cell.isSimulated()) {
      warnings.add(ResultRecord.NO_FORK_WARNING);
    }
  }

  Cell cell() {
    return cell;
  }

  /** The network as it was measured before the latest fork. */
  void network(NetworkRecord measured) {
    network = measured;
  }

  /** The row fails, if it has not failed already. */
  void fail(FailureKind kind, String message) {
    if (failure.isEmpty()) {
      failure = Optional.of(new FailureRecord(kind, message));
    }
  }

  /** Says something that must be known to trust the row; once, however often it is said. */
  void warn(String warning) {
    warnings.add(warning);
  }

  boolean failed() {
    return failure.isPresent() || !errors.isEmpty();
  }

  boolean hasForks() {
    return !measurements.isEmpty();
  }

  void add(ForkOutcome outcome) {
    outcome.recorded().target().ifPresent(found -> identity = Optional.of(found));
    outcome.failure().ifPresent(found -> fail(found.kind(), found.message()));
    addWarnings(outcome.recorded().warnings());
    Optional<BenchmarkResult> scored = outcome.jmh().filter(jmh -> !cell.benchmark().scheduled());
    scored.ifPresent(jmhResults::add);
    add(
        outcome.recorded().intervals(),
        scored.map(RowBuilder::scores).orElse(null),
        outcome.measured());
  }

  /** A long run may say something of every iteration, each time with other numbers. */
  private void addWarnings(List<String> ofFork) {
    List<String> distinct = ofFork.stream().distinct().toList();
    distinct.stream().limit(MOST_WARNINGS).forEach(warnings::add);
    if (distinct.size() > MOST_WARNINGS) {
      warnings.add("and " + (distinct.size() - MOST_WARNINGS) + " more warnings of a fork");
    }
  }

  /** Adds a fork that JMH had no part in. */
  void addSimulated(TargetIdentity answeredBy, List<RecordedInterval> intervals) {
    identity = Optional.of(answeredBy);
    add(RecordedIntervals.of(intervals), null, Optional.empty());
  }

  private void add(
      RecordedIntervals intervals, JmhScores scores, Optional<ForkOutcome.MeasuredTime> measured) {
    if (intervals.isEmpty() && scores == null) {
      return;
    }
    intervals.failures().forEach((kind, count) -> errors.merge(kind, count, Long::sum));
    intervals.failureMessages().forEach(messages::putIfAbsent);
    measurements.add(intervals.measurement(measurements.size(), scores, measured));
  }

  private static JmhScores scores(BenchmarkResult result) {
    List<Double> perIteration = new ArrayList<>();
    for (IterationResult iteration : result.getIterationResults()) {
      perIteration.add(iteration.getPrimaryResult().getScore());
    }
    return JmhScores.of(result.getScoreUnit(), perIteration);
  }

  /** JMH's results of the forks, if every operation of every fork succeeded; else none. */
  List<BenchmarkResult> jmhResults() {
    return failed() ? List.of() : List.copyOf(jmhResults);
  }

  /**
   * The forks so far. Where an operation failed, none has a score: JMH counts failed operations as
   * well, and one that fails at once would look fast.
   */
  List<ForkMeasurement> measurements() {
    return errors.isEmpty()
        ? List.copyOf(measurements)
        : measurements.stream().map(ForkMeasurement::withoutJmhScores).toList();
  }

  /** The row. */
  ResultRecord build() {
    if (!failed() && cell.benchmark().kind() != OperationKind.HARNESS && recordedNothing()) {
      fail(FailureKind.INTERNAL, "no operation was recorded");
    }
    // Wrong data is worse than no data: it is said even if a fork then failed otherwise.
    if (errors.containsKey(FailureKind.CORRUPT) || failure.isEmpty() && !errors.isEmpty()) {
      failure = Optional.of(failureOfErrors());
    }
    ResultRecord row =
        failure.isPresent()
            ? ResultRecord.failed(header(), measurements(), failure.get())
            : ResultRecord.measured(header(), measurements());
    // Not kept: with another fork their numbers are others.
    List<String> all = new ArrayList<>(warnings);
    all.addAll(StageCheck.warnings(row));
    LittlesLaw.violation(row).ifPresent(all::add);
    all.addAll(Steadiness.of(row).warnings());
    return row.withWarnings(all);
  }

  private boolean recordedNothing() {
    return operations() == 0;
  }

  /** Corruption first, then what happened most often. */
  private FailureRecord failureOfErrors() {
    FailureKind kind =
        errors.containsKey(FailureKind.CORRUPT)
            ? FailureKind.CORRUPT
            : errors.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    long failed = errors.values().stream().mapToLong(Long::longValue).sum();
    return new FailureRecord(
        kind,
        "%d of %d operations failed; the first as %s: %s"
            .formatted(failed, operations(), kind.label(), messages.get(kind)));
  }

  /** Attempted ones, of all forks. */
  private long operations() {
    return measurements.stream()
        .flatMap(fork -> fork.fork().iterations().stream())
        .mapToLong(IterationRecord::operations)
        .sum();
  }

  private RowHeader header() {
    Optional<ResolvedTarget> target = cell.target();
    return RowHeader.of(
        cell.benchmark().fullName(),
        cell.isSimulated() ? null : cell.benchmark().jmhMode(),
        cell.parameters(),
        target.map(ResolvedTarget::fidelity).orElse(Fidelity.CONTROL),
        target.flatMap(ResolvedTarget::fallbackReason).orElse(null),
        target.map(this::targetRecord).orElse(new TargetRecord("none", "harness", null)),
        network);
  }

  private TargetRecord targetRecord(ResolvedTarget target) {
    return new TargetRecord(
        target.label(),
        identity.map(TargetIdentity::implementation).orElse("unknown"),
        identity.map(TargetIdentity::address).orElse(target.uri().orElse(null)));
  }
}
