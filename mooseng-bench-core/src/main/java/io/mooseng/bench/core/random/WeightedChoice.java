package io.mooseng.bench.core.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Draws one of some values, each with probability proportional to its weight. Immutable; safe for
 * use by any number of threads.
 */
public final class WeightedChoice<T> {

  private final List<T> values;

  /** The sum of the weights up to and including each value. */
  private final double[] sums;

  /**
   * @param weights positive and finite, at least one; the order of the map is part of what a seed
   *     means
   */
  public WeightedChoice(Map<T, Double> weights) {
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("no values; accepted: at least one");
    }
    this.values = new ArrayList<>(weights.keySet());
    this.sums = new double[values.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      double weight = weights.get(values.get(i));
      if (!(weight > 0 && weight <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "weight of " + values.get(i) + " is " + weight + "; accepted: a number above 0");
      }
      sum += weight;
      sums[i] = sum;
    }
  }

  /** Draws a value. */
  public T next(SeededRandom random) {
    int found = Arrays.binarySearch(sums, random.nextUnit() * sums[sums.length - 1]);
    // A value owns what lies below its sum: the sum itself belongs to the next one.
    int index = found >= 0 ? found + 1 : -found - 1;
    return values.get(Math.min(index, sums.length - 1));
  }
}
