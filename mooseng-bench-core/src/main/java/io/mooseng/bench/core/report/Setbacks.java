package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the summary says of a row whose clients had to begin anew, or came too late. */
final class Setbacks {

  private Setbacks() {}

  /** One line for each kind of setback that the row had. */
  static List<String> of(ResultRecord result) {
    List<String> lines = new ArrayList<>();
    Double lost = result.valueOrNull(Quantity.SESSIONS_LOST.label());
    if (lost != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "sessions that the target had forgotten and that were made anew: %s",
              HumanUnits.number(lost)));
    }
    Double rate = result.valueOrNull(Quantity.ABORT_RATE.label());
    if (rate != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "aborted: %.1f %% of all transactions%s gave way to another",
              100 * rate,
              aborted(result)));
    }
    return lines;
  }

  private static String aborted(ResultRecord result) {
    Double aborted = result.valueOrNull(Quantity.ABORTED.label());
    return aborted == null ? "" : " (" + HumanUnits.number(aborted) + ")";
  }
}
