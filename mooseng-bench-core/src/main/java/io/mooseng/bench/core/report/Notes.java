package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.Percentile;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What must be known to read the rows above. */
final class Notes {

  private Notes() {}

  static List<String> of(RunRecord run) {
    List<String> notes = new ArrayList<>();
    if (run.status() == RunStatus.INTERRUPTED) {
      notes.add("Interrupted: rows that were planned are missing.");
    }
    if (run.results().stream().anyMatch(Notes::oneFork)) {
      notes.add("* one fork: not for comparison");
    }
    if (run.results().stream().anyMatch(Notes::tooFewSamples)) {
      notes.add(
          String.format(
              Locale.ROOT,
              "- too few samples: p50 needs %,d, p99 needs %,d",
              Percentile.P50.requiredSamples(),
              Percentile.P99.requiredSamples()));
    }
    fallbacks(run).forEach(notes::add);
    return notes;
  }

  static boolean oneFork(ResultRecord result) {
    return result.forks().size() == 1 && !result.warnings().contains(ResultRecord.NO_FORK_WARNING);
  }

  private static boolean tooFewSamples(ResultRecord result) {
    return Stream.of(Metrics.LATENCY_P50, Metrics.LATENCY_P99)
        .map(result.metrics()::get)
        .anyMatch(metric -> metric != null && lacksSamples(metric));
  }

  private static boolean lacksSamples(Metric metric) {
    return metric.value() == null && metric.n() > 0;
  }

  private static Stream<String> fallbacks(RunRecord run) {
    return run.results().stream()
        .filter(result -> result.fallbackReason() != null)
        .map(
            result ->
                TerminalSummary.label(result.fidelity()) + " because " + result.fallbackReason())
        .distinct();
  }
}
