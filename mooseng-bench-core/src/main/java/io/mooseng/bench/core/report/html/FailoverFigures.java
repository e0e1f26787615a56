package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fault did, on a line of time for each row: how long nothing was written or read, and when
 * it was detected and another leader was there.
 */
final class FailoverFigures {

  private static final int MOST_ROWS = 8;
  private static final double NANOS_PER_MILLISECOND = 1e6;

  /** An instant and its letter in the drawing. */
  private record Instant(Quantity quantity, String letter) {}

  private static final List<Instant> INSTANTS =
      List.of(new Instant(Quantity.FAULT_DETECTION, "d"), new Instant(Quantity.ELECTION_GAP, "l"));

  private final BenchmarkGroup group;

  FailoverFigures(BenchmarkGroup group) {
    this.group = group;
  }

  void write(Html html, FigureBudget budget) {
    List<ResultRecord> rows =
        group.rows().stream().filter(row -> millis(row, Quantity.WRITE_GAP) != null).toList();
    for (int from = 0; from < rows.size() && budget.allows(1); from += MOST_ROWS) {
      budget.spend(1);
      figure(html, rows.subList(from, Math.min(rows.size(), from + MOST_ROWS)));
    }
  }

  private void figure(Html html, List<ResultRecord> rows) {
    double longest = 1;
    for (ResultRecord row : rows) {
      longest = Math.max(longest, millis(row, Quantity.WRITE_GAP));
      longest = Math.max(longest, orZero(row, Quantity.READ_GAP));
      for (Instant instant : INSTANTS) {
        longest = Math.max(longest, orZero(row, instant.quantity()));
      }
    }
    Timeline timeline =
        new Timeline(
            "After a fault: " + group.benchmark(),
            Axis.fromZero("ms", longest, HumanUnits::number));
    List<String> labels = new ArrayList<>();
    for (ResultRecord row : rows) {
      List<Timeline.Mark> marks = new ArrayList<>();
      for (Instant instant : INSTANTS) {
        Double at = millis(row, instant.quantity());
        if (at != null) {
          marks.add(new Timeline.Mark(at, instant.letter()));
        }
      }
      timeline.add(
          new Timeline.Line(
              millis(row, Quantity.WRITE_GAP), orZero(row, Quantity.READ_GAP), marks));
      labels.add(group.fullLabel(row));
    }
    Figure.write(
        html,
        "After a fault",
        timeline::write,
        labels,
        "Wide: the longest time without a write; narrow: without a read; both may begin a little"
            + " before the fault. d: the fault was detected, l: there was a leader, counted from the"
            + " fault. Means of all iterations. Catching up begins when a fault is mended, and is"
            + " not drawn.");
  }

  private static double orZero(ResultRecord row, Quantity quantity) {
    Double millis = millis(row, quantity);
    return millis == null ? 0 : millis;
  }

  private static Double millis(ResultRecord row, Quantity quantity) {
    Double nanos = row.valueOrNull(quantity.label());
    return nanos == null ? null : (Double) (nanos / NANOS_PER_MILLISECOND);
  }
}
