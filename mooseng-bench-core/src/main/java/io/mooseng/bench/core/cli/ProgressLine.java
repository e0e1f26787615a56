package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.jmh.ProgressListener;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows how a run gets on: on a terminal one line that is rewritten, elsewhere one line a fork. */
final class ProgressLine implements ProgressListener {

  private static final String ERASE_LINE = "\r\033[K";

  private final Plan plan;
  private final PrintStream err;
  private final boolean rewrite;
  private final RemainingTime remaining;
  private String fork = "";
  private boolean scored;
  private String latest = "";

  /**
   * @param rewrite whether {@code err} is a terminal
   */
  ProgressLine(Plan plan, PrintStream err, boolean rewrite) {
    this.plan = plan;
    this.err = err;
    this.rewrite = rewrite;
    this.remaining = new RemainingTime(plan, System::nanoTime);
  }

  /** A listener that shows nothing but failures. */
  static ProgressListener silent(PrintStream err) {
    return new ProgressListener() {
      @Override
      public void forkStarted(Cell cell, int cellNumber, int number) {}

      @Override
      public void iterationStarted(boolean warmup, int iteration, int of) {}

      @Override
      public void rowFinished(ResultRecord row) {
        failure(row).ifPresent(err::println);
      }

      @Override
      public void preparing(String what) {}
    };
  }

  @Override
  public void preparing(String what) {
    show(rewrite && !fork.isEmpty() ? fork + ", " + what : what);
  }

  @Override
  public void forkStarted(Cell cell, int cellNumber, int number) {
    fork =
        String.format(
            Locale.ROOT,
            "[%d/%d] %s, fork %d of %d, %s left",
            cellNumber,
            plan.cells().size(),
            cell.describe(),
            number,
            Plan.measurements(cell),
            text(remaining.atStartOf(cell, number)));
    scored = !cell.benchmark().scheduled();
    latest = "";
    show(fork);
  }

  @Override
  public void iterationStarted(boolean warmup, int iteration, int of) {
    if (rewrite) {
      show(fork + (warmup ? ", warm-up " : ", iteration ") + iteration + "/" + of + latest);
    }
  }

  /** What JMH says of a schedule means nothing. */
  @Override
  public void iterationFinished(boolean warmup, double score, String unit) {
    if (scored && Double.isFinite(score)) {
      latest = ", latest " + HumanUnits.number(score) + " " + unit;
    }
  }

  @Override
  public void rowFinished(ResultRecord row) {
    failure(row).ifPresent(line -> err.println((rewrite ? ERASE_LINE : "") + line));
  }

  private static Optional<String> failure(ResultRecord row) {
    if (row.status() != ResultStatus.FAILED) {
      return Optional.empty();
    }
    return Optional.of(
        "FAILED %s %s: %s: %s"
            .formatted(
                row.benchmark(),
                row.params(),
                row.failure().kind().label(),
                row.failure().message()));
  }

  /** Removes the line, so that what follows stands alone. */
  void end() {
    if (rewrite) {
      err.print(ERASE_LINE);
      err.flush();
    }
  }

  private void show(String line) {
    if (rewrite) {
      err.print(ERASE_LINE + line);
      err.flush();
    } else {
      err.println(line);
    }
  }

  /** {@code 45 s}, {@code 2 min 05 s}, {@code 1 h 07 min}. */
  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
  }
}
