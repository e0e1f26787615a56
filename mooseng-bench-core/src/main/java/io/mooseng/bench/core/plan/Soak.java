package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.model.TimeText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A long run: every row is measured in one fork, against one system that is started for it, and its
 * time is cut into windows. Rows share the time evenly, one after the other.
 *
 * @param share time of a row, without its warm-up
 * @param window of a row's time
 */
public record Soak(Duration share, Duration window) {

  /** With fewer nothing can be said of a trend. */
  static final int LEAST_WINDOWS = 10;

  /** With more, looking for trends takes long, and nobody reads them. */
  static final int MOST_WINDOWS = 2_000;

  /** Unless the user chooses the length of windows. */
  private static final int WINDOWS = 60;

  private static final String SINGLE_SHOT = "ss";
  private static final Duration LEAST_WINDOW = Duration.ofSeconds(1);

  /**
   * Of rows that run a schedule of a number of operations nobody knows how long an iteration takes;
   * this is the least that is reckoned with.
   */
  private static final Duration LEAST_SCHEDULE = Duration.ofMillis(100);

  /**
   * A plan whose rows are measured for long.
   *
   * @param total of all rows
   * @param window the user's choice, if there is one
   * @throws ConfigurationException naming what cannot be
   */
  public static Plan of(Plan plan, Duration total, Optional<Duration> window) {
    int rows = plan.cells().size();
    if (plan.cells().stream().anyMatch(Cell::isSimulated)) {
      throw refused(total, "a model in virtual time does not age; accepted: what is measured");
    }
    Duration share = total.dividedBy(rows);
    Duration chosen = window.orElse(longer(LEAST_WINDOW, wholeSeconds(share.dividedBy(WINDOWS))));
    Soak soak = new Soak(share, chosen);
    soak.check(total, rows);
    List<List<Cell>> groups =
        plan.groups().stream()
            .map(group -> group.stream().map(cell -> soak.of(cell, total)).toList())
            .toList();
    return new Plan(groups, plan.notes(), Optional.of(soak));
  }

  private void check(Duration total, int rows) {
    long windows = share.dividedBy(window);
    if (windows < LEAST_WINDOWS) {
      throw refused(
          total,
          "%s of %s make %d windows; accepted: %d or more, so %s, fewer rows, or a shorter -r"
              .formatted(
                  count(rows),
                  TimeText.format(share),
                  windows,
                  LEAST_WINDOWS,
                  TimeText.format(window.multipliedBy(LEAST_WINDOWS).multipliedBy(rows))));
    }
    if (windows > MOST_WINDOWS) {
      throw refused(
          total,
          "%s of %s make %d windows of %s; accepted: at most %d, so a longer -r"
              .formatted(
                  count(rows),
                  TimeText.format(share),
                  windows,
                  TimeText.format(window),
                  MOST_WINDOWS));
    }
  }

  private static String count(int rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }

  private Cell of(Cell cell, Duration total) {
    Sizes sizes = cell.sizes();
    Duration iteration = window;
    if (!cell.benchmark().scheduled() && SINGLE_SHOT.equals(cell.benchmark().jmhMode())) {
      throw refused(
          total,
          "-bm ss: one call of %s is an iteration; accepted: another mode"
              .formatted(cell.benchmark().shortName()));
    }
    if (cell.benchmark().scheduled()) {
      boolean known = cell.parameters().containsKey(Cell.DURATION_PARAMETER) || cell.replays();
      iteration = known ? sizes.time() : LEAST_SCHEDULE;
      if (share.dividedBy(iteration) < LEAST_WINDOWS) {
        throw refused(
            total,
            "a schedule of %s takes %s; accepted: at most %s"
                .formatted(
                    cell.benchmark().shortName(),
                    TimeText.format(iteration),
                    TimeText.format(share.dividedBy(LEAST_WINDOWS))));
      }
    }
    long iterations = share.plus(iteration).minusNanos(1).dividedBy(iteration);
    return cell.withSizes(
        new Sizes(
            1,
            0,
            sizes.warmupIterations(),
            sizes.warmupTime(),
            Math.toIntExact(iterations),
            iteration));
  }

  private static ConfigurationException refused(Duration total, String why) {
    return new ConfigurationException(
        SettingKey.SOAK.option() + " " + TimeText.format(total) + ": " + why);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration wholeSeconds(Duration time) {
    return Duration.ofSeconds(time.toSeconds());
  }
}
