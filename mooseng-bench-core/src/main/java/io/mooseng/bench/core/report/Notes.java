package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.Percentile;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be known to read the rows above. */
public final class Notes {

  private static final String MEASURED_RTT = "rttP50Millis";
  private static final String REQUESTED_RTT = "rttMillis";

  private Notes() {}

  /** One line each; may hold control characters that came from outside. */
  public static List<String> of(RunRecord run) {
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
    networks(run).forEach(notes::add);
    fallbacks(run).forEach(notes::add);
    return notes;
  }

  /** What each emulated network was measured to be, and what rows over it cannot claim. */
  private static List<String> networks(RunRecord run) {
    Map<String, NetworkRecord> byLabel = new LinkedHashMap<>();
    run.results().stream()
        .map(ResultRecord::network)
        .filter(network -> network.measured().get(MEASURED_RTT) instanceof Number)
        .forEach(network -> byLabel.putIfAbsent(network.label(), network));
    List<String> lines = new ArrayList<>();
    byLabel.forEach(
        (label, network) -> {
          lines.add(measured(label, network));
          if (!network.cannotClaim().isEmpty()) {
            lines.add(cannotClaim(label, network));
          }
        });
    return lines;
  }

  private static String measured(String label, NetworkRecord network) {
    double rtt = ((Number) network.measured().get(MEASURED_RTT)).doubleValue();
    String asked =
        network.requested().get(REQUESTED_RTT) instanceof Number millis
            ? String.format(Locale.ROOT, " (asked: %.2f)", millis.doubleValue())
            : "";
    String claims = network.claims().isEmpty() ? "" : "; " + String.join("; ", network.claims());
    return String.format(Locale.ROOT, "network %s: RTT p50 %.2f ms%s%s", label, rtt, asked, claims);
  }

  private static String cannotClaim(String label, NetworkRecord network) {
    return network.cannotClaim().stream()
        .map(line -> line.substring(0, Math.max(line.indexOf(':'), 0)))
        .collect(Collectors.joining(", ", "network " + label + " cannot claim: ", ""));
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
