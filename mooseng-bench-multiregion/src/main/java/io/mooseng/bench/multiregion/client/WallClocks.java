package io.mooseng.bench.multiregion.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far the wall clocks of regions are apart, and whether one jumped since. Nothing that is
 * measured rests on them; the times of files do. Immutable.
 *
 * @param steadyMicros the observer's clock that does not jump, when it asked
 * @param aheadMicros the observer's wall clock less that one
 * @param offsets by region: its clock less the observer's wall clock
 */
public record WallClocks(long steadyMicros, long aheadMicros, Map<String, Offset> offsets) {

  /** Apart by more than this, and somebody should know. */
  private static final long CONSPICUOUS_MICROS = 50_000;

  /** Faster than anything that keeps a clock right without a jump: 500 ppm, by adjtime(3). */
  private static final long FASTEST_SLEW_SHARE = 1_000;

  private static final long NANOS_PER_MICRO = 1_000;

  public WallClocks {
    offsets = new LinkedHashMap<>(offsets);
  }

  /**
   * One line, if clocks certainly jumped between two looks at them, by the same observer.
   *
   * @param later the second look
   */
  public Optional<String> jumpUntil(WallClocks later) {
    long least = CONSPICUOUS_MICROS + (later.steadyMicros - steadyMicros) / FASTEST_SLEW_SHARE;
    Map<String, Long> jumps = new LinkedHashMap<>();
    offsets.forEach(
        (region, before) -> {
          Offset after = later.offsets.get(region);
          if (after != null) {
            long moved = after.micros() + later.aheadMicros - before.micros() - aheadMicros;
            if (Math.abs(moved) > least + before.errorMicros() + after.errorMicros()) {
              jumps.put(region, moved);
            }
          }
        });
    long own = later.aheadMicros - aheadMicros;
    if (Math.abs(own) > least) {
      jumps.put("this machine's client", own);
    }
    if (jumps.isEmpty()) {
      return Optional.empty();
    }
    String which =
        jumps.entrySet().stream()
            .map(jump -> "%s by %+d ms".formatted(jump.getKey(), millis(jump.getValue())))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "wall clocks jumped during the row (%s): times of files show it; ".formatted(which)
            + "latencies, elections, leases, sessions and verdicts use clocks that do not jump, so"
            + " the results stand");
  }

  private static long millis(long micros) {
    return Duration.ofNanos(micros * NANOS_PER_MICRO).toMillis();
  }

  /**
   * The clock of one region less that of the observer.
   *
   * @param errorMicros by how much that may be wrong, in either direction
   */
  public record Offset(long micros, long errorMicros) {

    /**
     * From one question: the region looked at its clock at some moment between question and answer.
     *
     * @param askedMicros the observer's wall clock when it asked
     * @param elapsedNanos until the answer, by a clock that does not jump
     * @param toldMicros the region's wall clock
     */
    static Offset of(long askedMicros, long elapsedNanos, long toldMicros) {
      long half = elapsedNanos / 2 / NANOS_PER_MICRO;
      return new Offset(toldMicros - askedMicros - half, half + 1);
    }
  }

  /** One line, if two clocks are certainly far apart. */
  public Optional<String> warning() {
    String worst = null;
    long apart = CONSPICUOUS_MICROS;
    for (Map.Entry<String, Offset> one : offsets.entrySet()) {
      for (Map.Entry<String, Offset> other : offsets.entrySet()) {
        long certain =
            one.getValue().micros()
                - other.getValue().micros()
                - one.getValue().errorMicros()
                - other.getValue().errorMicros();
        if (certain > apart) {
          apart = certain;
          worst = "the wall clock of %s is %d ms or more ahead of that of %s";
          worst = worst.formatted(one.getKey(), millis(apart), other.getKey());
        }
      }
    }
    return Optional.ofNullable(worst)
        .map(text -> text + ": times of files differ by that; no latency or verdict uses them");
  }
}
