package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.ScalabilityRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How throughput depends on the number of clients, a few lines for each curve of a run. */
final class ScalabilityLines {

  /** Always told: curves of several targets are set beside each other. */
  private static final String TARGET = "target";

  private static final String INDENT = "  ";
  private static final double PERCENT = 100;

  private ScalabilityLines() {}

  /** The block, or nothing if the run has no curve. */
  static List<String> of(RunRecord run) {
    List<String> lines = new ArrayList<>();
    if (run.scalability().isEmpty()) {
      return lines;
    }
    lines.add("Scalability: op/s = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))");
    for (ScalabilityRecord curve : run.scalability()) {
      lines.add(Style.plain(name(curve, run.scalability())));
      if (curve.fit() != null) {
        lines.add(INDENT + fit(curve));
      }
      curve.notes().forEach(note -> lines.add(INDENT + Style.plain(note)));
    }
    lines.add("");
    return lines;
  }

  /** With the parameters that tell it from other curves of the same benchmark. */
  private static String name(ScalabilityRecord curve, List<ScalabilityRecord> all) {
    Map<String, String> own = new TreeMap<>(curve.params());
    own.remove(TARGET);
    Map<String, String> common = new TreeMap<>(own);
    all.stream()
        .filter(other -> other.benchmark().equals(curve.benchmark()))
        .forEach(other -> common.entrySet().retainAll(other.params().entrySet()));
    own.entrySet().removeAll(common.entrySet());
    List<String> words = new ArrayList<>();
    words.add(curve.benchmark() + " by " + curve.parameter());
    own.forEach((key, value) -> words.add(key + "=" + value));
    if (curve.params().containsKey(TARGET)) {
      words.add(TARGET + "=" + curve.params().get(TARGET));
    }
    if (!curve.network().equals("none")) {
      words.add(curve.network());
    }
    words.add(TerminalSummary.label(curve.fidelity()));
    int points = curve.points().size();
    return String.join(", ", words) + ": " + points + (points == 1 ? " point" : " points");
  }

  private static String fit(ScalabilityRecord curve) {
    ScalabilityRecord.Fit fit = curve.fit();
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "lambda %s op/s  sigma %s  kappa %s",
            HumanUnits.number(fit.lambda()),
            share(fit.sigma()),
            share(fit.kappa())));
    if (fit.peak() != null) {
      line.append(
          String.format(
              Locale.ROOT,
              "  peak %s op/s at %s=%.0f",
              HumanUnits.number(fit.peak().throughput()),
              curve.parameter(),
              fit.peak().n()));
    }
    if (fit.r2() != null) {
      line.append(String.format(Locale.ROOT, "  R2 %.3f", fit.r2()));
    }
    return line.append(String.format(Locale.ROOT, "  residual %.1f %%", PERCENT * fit.residual()))
        .toString();
  }

  private static String share(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }
}
