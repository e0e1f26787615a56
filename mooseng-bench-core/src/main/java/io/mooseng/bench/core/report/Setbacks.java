package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the summary says of a row whose clients had to begin anew. */
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
    return lines;
  }
}
