package io.mooseng.bench.multiregion.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.multiregion.client.WallClocks.Offset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WallClocksTest {

  @Test
  void anOffsetIsKnownUpToHalfOfTheTimeItTookToAsk() {
    // Asked at 1 s, told 1.5 s, 200 ms in between: the region is 300 to 500 ms ahead.
    assertThat(Offset.of(1_000_000, 200_000_000, 1_500_000))
        .isEqualTo(new Offset(400_000, 100_001));
  }

  @Test
  void clocksThatAreCertainlyApartAreTold() {
    WallClocks jumped =
        new WallClocks(
            0,
            0,
            Map.of(
                "a",
                new Offset(0, 1_000),
                "b",
                new Offset(-3_600_000_000L, 1_000),
                "c",
                new Offset(20, 1_000)));
    assertThat(jumped.warning())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("the wall clock of c is 3599998 ms or more ahead of that of b"));
  }

  @Test
  void clocksThatMayAgreeAreNotTold() {
    assertThat(
            new WallClocks(
                    0, 0, Map.of("a", new Offset(0, 30_000), "b", new Offset(90_000, 30_000)))
                .warning())
        .isEmpty();
    assertThat(new WallClocks(0, 0, Map.of("a", new Offset(0, 1))).warning()).isEmpty();
  }

  private static WallClocks clocks(long steadyMicros, long aheadMicros, long a, long b) {
    return new WallClocks(
        steadyMicros, aheadMicros, Map.of("a", new Offset(a, 2_000), "b", new Offset(b, 2_000)));
  }

  @Test
  void aClockThatJumpsInOneRegionIsTold() {
    assertThat(clocks(0, 500, 10, 20).jumpUntil(clocks(5_000_000, 500, 10, 3_600_000_020L)))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("wall clocks jumped during the row (b by +3600000 ms): ")
                    .endsWith("so the results stand"));
  }

  /** All regions of a machine have its clock: none moves against the others. */
  @Test
  void aClockThatAllShareIsToldToo() {
    assertThat(clocks(0, 500, 10, 20).jumpUntil(clocks(5_000_000, -60_000_000 + 500, 10, 20)))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("a by -60000 ms", "b by -60000 ms", "client by -60000 ms"));
  }

  @Test
  void whatMayBeErrorOrSlewIsNoJump() {
    assertThat(clocks(0, 0, 0, 0).jumpUntil(clocks(1_000_000, 0, 0, 53_000))).isEmpty();
    assertThat(clocks(0, 0, 0, 0).jumpUntil(clocks(1_000_000, 0, 0, 56_000))).isPresent();
    long hour = 3_600_000_000L;
    assertThat(clocks(0, 0, 0, 0).jumpUntil(clocks(hour, hour / 2_000, 0, 0)))
        .as("adjtime at its fastest")
        .isEmpty();
  }

  @Test
  void aRegionThatDoesNotAnswerIsLeftOut() {
    WallClocks later = new WallClocks(1, 0, Map.of("a", new Offset(0, 1)));
    assertThat(clocks(0, 0, 0, 0).jumpUntil(later)).isEmpty();
  }
}
