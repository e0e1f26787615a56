package io.mooseng.bench.multiregion.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the wall clocks of regions are apart. Nothing that is measured rests on them; the times
 * of files do. Immutable.
 *
 * @param offsets by region: its clock less that of the observer
 */
public record WallClocks(Map<String, Offset> offsets) {

  /** Apart by more than this, and somebody should know. */
  private static final long CONSPICUOUS_MICROS = 50_000;

  private static final long NANOS_PER_MICRO = 1_000;

  public WallClocks {
    offsets = new LinkedHashMap<>(offsets);
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
          worst =
              worst.formatted(
                  one.getKey(),
                  Duration.ofNanos(apart * NANOS_PER_MICRO).toMillis(),
                  other.getKey());
        }
      }
    }
    return Optional.ofNullable(worst)
        .map(text -> text + ": times of files differ by that; no latency or verdict uses them");
  }
}
