package io.mooseng.bench.multiregion.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Round-trip times between real regions, all between 70 and 180 ms. */
public final class RttPresets {

  /** What is taken if nobody chooses. */
  public static final String DEFAULT = "wide";

  private static final String SOURCE =
      "averages of pings between AWS regions, published April 2017"
          + " (acomputerscientistlearnsaws.blogspot.com/2017/04/aws-regions.html)";

  private static final Map<String, RttMatrix> PRESETS = presets();

  private RttPresets() {}

  private static Map<String, RttMatrix> presets() {
    Map<String, RttMatrix> presets = new LinkedHashMap<>();
    add(presets, DEFAULT, "us-east-1", "us-west-1", "ap-northeast-2", 72.7, 131.5, 178.4);
    add(presets, "atlantic", "us-east-1", "eu-west-1", "us-west-2", 80.6, 137.0, 87.0);
    add(presets, "pacific", "us-east-1", "us-west-2", "ap-northeast-1", 87.0, 89.1, 145.3);
    return presets;
  }

  /** Milliseconds from the first to the second, the second to the third, the first to the third. */
  private static void add(
      Map<String, RttMatrix> presets,
      String name,
      String first,
      String second,
      String third,
      double firstToSecond,
      double secondToThird,
      double firstToThird) {
    presets.put(
        name,
        new RttMatrix(
            name,
            SOURCE,
            List.of(first, second, third),
            Map.of(
                first,
                Map.of(second, millis(firstToSecond), third, millis(firstToThird)),
                second,
                Map.of(third, millis(secondToThird)))));
  }

  private static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }

  /** Their names, the default first. */
  public static List<String> names() {
    return List.copyOf(PRESETS.keySet());
  }

  /**
   * The preset of this name.
   *
   * @throws IllegalArgumentException naming the presets there are
   */
  public static RttMatrix named(String name) {
    RttMatrix matrix = PRESETS.get(name);
    if (matrix == null) {
      throw new IllegalArgumentException(
          "'%s' is no matrix of round-trip times; accepted: %s"
              .formatted(name, String.join(", ", names())));
    }
    return matrix;
  }
}
