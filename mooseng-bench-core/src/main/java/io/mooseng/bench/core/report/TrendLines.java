package io.mooseng.bench.core.report;

import io.mooseng.bench.core.analysis.change.ChangePoints;
import io.mooseng.bench.core.history.SeriesKey;
import io.mooseng.bench.core.history.SeriesPoint;
import io.mooseng.bench.core.history.Trend;
import io.mooseng.bench.core.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where series of a history changed, a few lines each, for the terminal. */
public final class TrendLines {

  private static final int COMMIT_LENGTH = 12;

  private TrendLines() {}

  /**
   * The lines.
   *
   * @param all whether series without a change are shown, too
   */
  public static List<String> of(List<Trend> trends, boolean all) {
    List<String> lines = new ArrayList<>();
    int changed = 0;
    int searched = 0;
    for (Trend trend : trends) {
      boolean has = !trend.changes().isEmpty() || trend.suspect().isPresent();
      changed += has ? 1 : 0;
      searched += trend.found().isPresent() ? 1 : 0;
      if (has || all) {
        lines.add(Style.plain(name(trend.series().key())));
        describe(trend).forEach(line -> lines.add("    " + Style.plain(line)));
      }
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d series searched, %d with a change%s",
            searched,
            changed,
            trends.isEmpty() ? ": nothing matches, or nothing was added" : ""));
    return lines;
  }

  /** What a series is of, on one line. */
  public static String name(SeriesKey key) {
    List<String> words = new ArrayList<>();
    words.add(key.benchmark());
    if (!key.params().isEmpty()) {
      words.add(key.params().replace(';', ' '));
    }
    if (!key.mode().isEmpty()) {
      words.add(key.mode());
    }
    if (!key.network().equals("none")) {
      words.add(key.network());
    }
    words.add(
        key.fidelity().equals("simulated")
            ? key.fidelity().toUpperCase(Locale.ROOT)
            : key.fidelity());
    return String.join(" ", words)
        + ": "
        + key.metric()
        + " ("
        + (key.direction() == Direction.LOWER ? "lower" : "higher")
        + " is better; conditions "
        + key.fingerprint()
        + ")";
  }

  /** What was found in a series, one line each. */
  public static List<String> describe(Trend trend) {
    List<SeriesPoint> points = trend.series().points();
    List<String> lines = new ArrayList<>();
    SeriesPoint last = points.get(points.size() - 1);
    lines.add(
        String.format(
            Locale.ROOT,
            "%d %s, latest %s",
            points.size(),
            points.size() == 1 ? "run" : "runs",
            value(trend.series().key(), last.value())));
    for (ChangePoints.Change change : trend.changes()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s %s since %s, p %.3f",
              percent(change.effect()),
              trend.isWorse(change.effect()) ? "WORSE" : "better",
              run(points.get(change.index())),
              change.p()));
    }
    trend
        .suspect()
        .ifPresent(
            suspect ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "suspect: %s %s since %s; too few runs to be a change",
                        percent(suspect.effect()),
                        trend.isWorse(suspect.effect()) ? "worse" : "better",
                        run(points.get(suspect.index())))));
    if (trend.found().isEmpty()) {
      lines.add("not searched: a value is not above 0");
    } else if (trend.found().get().correlated()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "runs depend on the runs before them (%.2f): changes are found later",
              trend.found().get().autocorrelation()));
    }
    return lines;
  }

  private static String run(SeriesPoint point) {
    String commit = point.commit();
    return point.runId()
        + (commit.equals("none")
            ? ""
            : " (commit " + commit.substring(0, Math.min(COMMIT_LENGTH, commit.length())) + ")");
  }

  private static String percent(double effect) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * effect);
  }

  /** A value of a series in the unit a person would choose. */
  public static String value(SeriesKey key, double value) {
    return switch (key.unit()) {
      case "ns" -> HumanUnits.nanos(value);
      case "B/s" -> HumanUnits.megabytes(value) + " MB/s";
      default -> HumanUnits.number(value) + " " + key.unit();
    };
  }
}
