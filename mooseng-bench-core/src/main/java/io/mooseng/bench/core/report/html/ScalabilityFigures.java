package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.analysis.UniversalScalabilityLaw;
import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.ScalabilityRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Throughput against the number of clients, with the Universal Scalability Law that fits best. */
final class ScalabilityFigures {

  private static final int CURVE_POINTS = 60;

  private ScalabilityFigures() {}

  static void write(Html html, RunRecord run, FigureBudget budget) {
    List<ScalabilityRecord> curves =
        run.scalability().stream().filter(curve -> !curve.points().isEmpty()).toList();
    if (curves.isEmpty()) {
      return;
    }
    html.element("h3", "Throughput against concurrency");
    html.element(
        "p",
        "Points were measured; the line is the Universal Scalability Law that comes nearest to"
            + " them: op/s = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)). sigma is contention,"
            + " kappa what clients cost each other.");
    html.open("div", "class", "figures");
    for (ScalabilityRecord curve : curves) {
      if (budget.allows(1)) {
        budget.spend(1);
        one(html, curve);
      }
    }
    html.close().line();
  }

  private static void one(Html html, ScalabilityRecord curve) {
    String name =
        curve.benchmark()
            + curve.params().entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining())
            + (curve.network().equals("none") ? "" : " " + curve.network())
            + " "
            + curve.fidelity().label();
    List<Plot.Point> measured =
        curve.points().stream()
            .map(point -> new Plot.Point(point.n(), point.throughput()))
            .toList();
    double largest = curve.points().get(curve.points().size() - 1).n();
    List<Plot.Point> law = law(curve, largest);
    double most =
        Math.max(
            measured.stream().mapToDouble(Plot.Point::y).max().orElse(1),
            law.stream().mapToDouble(Plot.Point::y).max().orElse(1));
    Plot plot =
        new Plot(
            "Throughput by " + curve.parameter() + ": " + name,
            Axis.fromZero(curve.parameter(), largest, HumanUnits::number),
            Axis.fromZero("op/s", most, HumanUnits::number));
    plot.add(new Plot.Series(0, law, true, false, true));
    plot.add(new Plot.Series(0, measured, false, true, true));
    if (curve.fit() != null && curve.fit().peak() != null && curve.fit().peak().n() <= largest) {
      plot.mark(curve.fit().peak().n(), "peak");
    }
    Figure.write(
        html, "Throughput by " + curve.parameter(), plot::write, List.of(name), note(curve));
  }

  private static List<Plot.Point> law(ScalabilityRecord curve, double largest) {
    List<Plot.Point> points = new ArrayList<>();
    if (curve.fit() != null && largest > 1) {
      UniversalScalabilityLaw law =
          new UniversalScalabilityLaw(
              curve.fit().lambda(), curve.fit().sigma(), curve.fit().kappa());
      for (int i = 0; i <= CURVE_POINTS; i++) {
        double n = 1 + (largest - 1) * i / CURVE_POINTS;
        points.add(new Plot.Point(n, law.throughput(n)));
      }
    }
    return points;
  }

  private static String note(ScalabilityRecord curve) {
    List<String> notes = new ArrayList<>();
    ScalabilityRecord.Fit fit = curve.fit();
    if (fit != null) {
      notes.add(
          String.format(
              Locale.ROOT,
              "lambda %s op/s, sigma %.3g, kappa %.3g, residual %.1f %%.",
              HumanUnits.number(fit.lambda()),
              fit.sigma(),
              fit.kappa(),
              100 * fit.residual()));
      if (fit.peak() != null) {
        notes.add(
            String.format(
                Locale.ROOT,
                "Peak %s op/s at %s=%.0f.",
                HumanUnits.number(fit.peak().throughput()),
                curve.parameter(),
                fit.peak().n()));
      }
    }
    curve.notes().forEach(text -> notes.add(text + "."));
    return String.join(" ", notes);
  }
}
