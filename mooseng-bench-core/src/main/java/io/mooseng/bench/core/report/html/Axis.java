package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.report.HumanUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Where values lie along one side of a plot.
 *
 * @param position of a value: 0 (begin) to 1
 */
record Axis(String label, DoubleUnaryOperator position, List<Tick> ticks) {

  private static final double LEAST_SPAN = 1.5;
  private static final int MOST_TICKS = 7;
  private static final double[] STEPS = {1, 2, 5, 10};

  /** Of powers of ten, the densest that has room is taken. */
  private static final double[][] MULTIPLES = {{1, 1.5, 2, 3, 4, 5, 7}, {1, 2, 5}, {1, 3}, {1}};

  Axis {
    ticks = List.copyOf(ticks);
  }

  double at(double value) {
    return position.applyAsDouble(value);
  }

  /** Times in nanoseconds, logarithmic, from the least to the greatest; both more than 0. */
  static Axis logarithmicNanos(String label, double least, double greatest) {
    return logarithmic(label, least, greatest, HumanUnits::nanos);
  }

  /** Logarithmic, with marks at round values as far as there is room. */
  static Axis logarithmic(
      String label, double least, double greatest, DoubleFunction<String> format) {
    double middle = Math.sqrt(least * greatest);
    double from = Math.min(least, middle / LEAST_SPAN);
    double to = Math.max(greatest, middle * LEAST_SPAN);
    double low = StrictMath.log10(from);
    double span = StrictMath.log10(to) - low;
    DoubleUnaryOperator position = value -> (StrictMath.log10(value) - low) / span;
    List<Tick> ticks = List.of();
    for (double[] multiples : MULTIPLES) {
      ticks = logarithmicTicks(from, to, multiples, position, format);
      if (ticks.size() <= MOST_TICKS) {
        break;
      }
    }
    return new Axis(label, position, thinned(ticks));
  }

  private static List<Tick> logarithmicTicks(
      double from,
      double to,
      double[] multiples,
      DoubleUnaryOperator position,
      DoubleFunction<String> format) {
    List<Tick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(StrictMath.log10(from)); power <= 18; power++) {
      for (double multiple : multiples) {
        double value = multiple * StrictMath.pow(10, power);
        if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) {
          ticks.add(new Tick(position.applyAsDouble(value), format.apply(value)));
        }
      }
    }
    return ticks;
  }

  private static List<Tick> thinned(List<Tick> ticks) {
    int every = (ticks.size() + MOST_TICKS - 1) / MOST_TICKS;
    List<Tick> kept = new ArrayList<>();
    for (int i = 0; i < ticks.size(); i += Math.max(1, every)) {
      kept.add(ticks.get(i));
    }
    return kept;
  }

  /** From 0 to a little more than {@code greatest}. */
  static Axis fromZero(String label, double greatest, DoubleFunction<String> format) {
    return linear(label, 0, greatest > 0 ? greatest : 1, format);
  }

  /** Linear, with marks at round values. */
  static Axis linear(String label, double least, double greatest, DoubleFunction<String> format) {
    double range = greatest > least ? greatest - least : Math.max(Math.abs(greatest), 1);
    double step = step(range / (MOST_TICKS - 2));
    double from = Math.floor(least / step + 1e-9) * step;
    double to = Math.ceil((least + range) / step - 1e-9) * step;
    List<Tick> ticks = new ArrayList<>();
    long count = Math.round((to - from) / step);
    for (long i = 0; i <= count; i++) {
      ticks.add(new Tick((double) i / count, format.apply(from + i * step)));
    }
    return new Axis(label, value -> (value - from) / (to - from), ticks);
  }

  private static double step(double atLeast) {
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(atLeast)));
    for (double step : STEPS) {
      if (step * power >= atLeast * (1 - 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Sizes in bytes, logarithmic, with a mark at each size there is, as far as there is room. */
  static Axis sizes(String label, List<Double> bytes) {
    double low = StrictMath.log10(bytes.get(0));
    double span = StrictMath.log10(bytes.get(bytes.size() - 1)) - low;
    DoubleUnaryOperator position = value -> (StrictMath.log10(value) - low) / span;
    List<Tick> ticks =
        bytes.stream()
            .map(
                size ->
                    new Tick(
                        position.applyAsDouble(size), new ByteSize(size.longValue()).toString()))
            .toList();
    return new Axis(label, position, thinned(ticks));
  }

  /**
   * Percentiles as the share of samples beyond them, logarithmic, so that each nine has the same
   * room.
   *
   * @param nines at the end of the axis: 3 is 99.9 %
   */
  static Axis percentiles(double nines) {
    double end = Math.max(1, nines);
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(0, "0"));
    ticks.add(new Tick(nines(0.5) / end, "50 %"));
    for (int nine = 1; nine <= end + 1e-9; nine++) {
      double share = 100 - 100 * StrictMath.pow(10, -nine);
      ticks.add(
          new Tick(
              nine / end,
              String.format(Locale.ROOT, "%." + Math.max(0, nine - 2) + "f %%", share)));
    }
    return new Axis("percentile", value -> value / end, ticks);
  }

  /** How many nines a share of the samples has: 0.9 has one, 0.99 two, 0 none. */
  static double nines(double share) {
    return -StrictMath.log10(1 - share);
  }
}
