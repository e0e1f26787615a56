package io.mooseng.bench.core.load;

import io.mooseng.bench.core.model.LatencyObjective;
import io.mooseng.bench.core.model.Rate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** At which rate operations are offered: one that is given, or the highest that is good enough. */
public sealed interface RateChoice {

  /** Operations per second, given. */
  record Fixed(Rate rate) implements RateChoice {
    @Override
    public String toString() {
      return rate.toString();
    }
  }

  /** The highest at which the target keeps the objective, to be searched. */
  record Highest(LatencyObjective objective) implements RateChoice {
    @Override
    public String toString() {
      return "max(" + objective + ")";
    }
  }

  /**
   * Reads {@code 2000/s} or {@code max(p99<20ms)}; {@code toString} writes them so.
   *
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  static RateChoice parse(String text) {
    Matcher search = Pattern.compile("max\\((.*)\\)").matcher(text.strip());
    if (search.matches()) {
      return new Highest(LatencyObjective.parse(search.group(1)));
    }
    return new Fixed(Rate.parse(text));
  }
}
