package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.analysis.verdict.WarmUpRule;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.IterationParams;

/**
 * The warm-up of a fork that ends when its iterations are steady. Used by JMH's thread.
 *
 * <p>JMH is told how many iterations there are before a fork starts, but looks at that number again
 * before each of them. To end the loop, the number is set down to those that were made. Its field
 * is final; where it cannot be set, the fork makes all iterations that were planned, and says so.
 */
final class WarmUp {

  private static final String COUNT = "count";

  private final List<Double> logs = new ArrayList<>();
  private String shortfall = "";

  /**
   * A warm-up iteration has come to its end.
   *
   * @param planned of which the number is set down if this one was the last that is needed
   * @param value latency or another score of the iteration; above 0, or nothing is known of it
   */
  void ended(IterationParams planned, double value) {
    logs.add(value > 0 && Double.isFinite(value) ? StrictMath.log(value) : Double.NaN);
    shortfall = "";
    if (!WarmUpRule.isSteady(logs.stream().mapToDouble(Double::doubleValue).toArray())) {
      shortfall =
          "not steady after " + planned.getCount() + " warm-up iterations; allow more (-wi)";
    } else if (logs.size() < planned.getCount() && !setCount(planned, logs.size())) {
      shortfall = "warm-up was steady, but this JVM does not let it end before -wi";
    }
  }

  /** Iterations that were made. */
  int iterations() {
    return logs.size();
  }

  /** What is to be said of the warm-up when it is over; empty if it went as it should. */
  String shortfall() {
    return shortfall;
  }

  /** Whether JMH's loop of these iterations now ends after so many. */
  static boolean setCount(IterationParams params, int count) {
    Class<?> declaring = params.getClass();
    while (declaring != null) {
      try {
        Field field = declaring.getDeclaredField(COUNT);
        field.setAccessible(true);
        field.setInt(params, count);
        return params.getCount() == count;
      } catch (NoSuchFieldException e) {
        declaring = declaring.getSuperclass();
      } catch (IllegalAccessException | RuntimeException e) {
        return false;
      }
    }
    return false;
  }
}
