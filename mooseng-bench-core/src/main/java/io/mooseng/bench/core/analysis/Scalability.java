package io.mooseng.bench.core.analysis;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.ScalabilityRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the rows of a run that differ in nothing but how many clients, or operations under way,
 * there are, and fits the Universal Scalability Law to their throughput.
 */
public final class Scalability {

  private static final String CLIENTS = "clients";
  private static final List<String> PARAMETERS = List.of(CLIENTS, "inFlight");

  /** With fewer points, half of them or more are used up by the three parameters of the law. */
  private static final int RELIABLE_POINTS = 6;

  /** Points this far off the curve, relative to it, are not described by it. */
  private static final double MOST_RESIDUAL = 0.10;

  private Scalability() {}

  /**
   * One record for each family of rows with at least {@link ScalabilityFit#FEWEST_POINTS} values.
   * Rows of a schedule are none: their throughput is what was asked for.
   *
   * @param threads of each fork; with several, as with several clients, more operations are under
   *     way than {@code inFlight} says, and nothing is fitted to that
   */
  public static List<ScalabilityRecord> of(RunRecord run, int threads) {
    List<ScalabilityRecord> records = new ArrayList<>();
    for (String parameter : PARAMETERS) {
      Map<List<Object>, List<ResultRecord>> families = new LinkedHashMap<>();
      for (ResultRecord row : run.results()) {
        if (row.params().containsKey(parameter) && tells(row, parameter, threads)) {
          families.computeIfAbsent(family(row, parameter), key -> new ArrayList<>()).add(row);
        }
      }
      families.values().stream()
          .filter(rows -> values(rows, parameter) >= ScalabilityFit.FEWEST_POINTS)
          .forEach(rows -> records.add(record(rows, parameter)));
    }
    return records;
  }

  /** Whether the parameter is how much there is of what the row's throughput comes from. */
  private static boolean tells(ResultRecord row, String parameter, int threads) {
    if (row.valueOrNull(Quantity.ASKED_RATE.label()) != null) {
      return false;
    }
    boolean one = threads == 1 && row.params().getOrDefault(CLIENTS, "1").equals("1");
    return parameter.equals(CLIENTS) || one;
  }

  private static List<Object> family(ResultRecord row, String parameter) {
    RowKey key = row.key();
    Map<String, String> others = new TreeMap<>(key.params());
    others.remove(parameter);
    // jmhMode may be null, which List.of refuses.
    return List.of(
        key.benchmark(), String.valueOf(key.jmhMode()), key.network(), row.fidelity(), others);
  }

  private static long values(List<ResultRecord> rows, String parameter) {
    return rows.stream().map(row -> row.params().get(parameter)).distinct().count();
  }

  private static ScalabilityRecord record(List<ResultRecord> rows, String parameter) {
    List<String> notes = new ArrayList<>();
    List<ScalabilityFit.Point> points =
        rows.stream()
            .filter(row -> row.status() == ResultStatus.OK)
            .filter(row -> row.valueOrNull(Metrics.THROUGHPUT) != null)
            .map(row -> point(row, parameter))
            .sorted(Comparator.comparingDouble(ScalabilityFit.Point::n))
            .toList();
    if (points.size() < rows.size()) {
      notes.add(
          "%d of %d rows failed and are left out"
              .formatted(rows.size() - points.size(), rows.size()));
    }
    ResultRecord any = rows.get(0);
    TreeMap<String, String> params = new TreeMap<>(any.params());
    params.remove(parameter);
    return new ScalabilityRecord(
        any.benchmark(),
        any.jmhMode(),
        params,
        any.network().profile(),
        any.fidelity(),
        parameter,
        points.stream().map(p -> new ScalabilityRecord.Point(p.n(), p.throughput())).toList(),
        fit(points, parameter, notes),
        notes);
  }

  private static ScalabilityFit.Point point(ResultRecord row, String parameter) {
    return new ScalabilityFit.Point(
        Double.parseDouble(row.params().get(parameter)), row.valueOrNull(Metrics.THROUGHPUT));
  }

  private static ScalabilityRecord.Fit fit(
      List<ScalabilityFit.Point> points, String parameter, List<String> notes) {
    long different = points.stream().mapToDouble(ScalabilityFit.Point::n).distinct().count();
    if (different < ScalabilityFit.FEWEST_POINTS) {
      notes.add(
          "no fit: it needs %d values of %s, there are %d"
              .formatted(ScalabilityFit.FEWEST_POINTS, parameter, different));
      return null;
    }
    if (different < RELIABLE_POINTS) {
      notes.add(
          "a fit to %d points: %d or more are to be relied on"
              .formatted(different, RELIABLE_POINTS));
    }
    ScalabilityFit fit = ScalabilityFit.of(points);
    UniversalScalabilityLaw law = fit.law();
    return new ScalabilityRecord.Fit(
        law.lambda(),
        law.sigma(),
        law.kappa(),
        peak(fit, points.get(points.size() - 1).n(), parameter, notes),
        fit.r2(),
        fit.residual());
  }

  /**
   * The peak, if the points tell of one; notes say how far it, and the whole fit, can be trusted.
   */
  private static ScalabilityRecord.Point peak(
      ScalabilityFit fit, double largest, String parameter, List<String> notes) {
    UniversalScalabilityLaw law = fit.law();
    if (fit.residual() > MOST_RESIDUAL) {
      notes.add(
          text(
              "the law does not describe these points: they are %.0f %% off it on average, and its"
                  + " parameters mean nothing",
              100 * fit.residual()));
      return null;
    }
    if (law.kappaShare(largest) <= fit.residual()) {
      notes.add(
          law.sigma() == 0
              ? text("no peak up to %s=%.0f, nor a limit", parameter, largest)
              : text(
                  "no peak up to %s=%.0f that stands out from the scatter; sigma alone would limit"
                      + " throughput to %,.0f op/s",
                  parameter, largest, law.lambda() / law.sigma()));
      return null;
    }
    double at = law.peakAt().orElseThrow();
    if (at > largest) {
      notes.add(
          text(
              "the peak is an extrapolation: nothing was measured beyond %s=%.0f",
              parameter, largest));
    }
    return new ScalabilityRecord.Point(at, law.throughput(at));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
