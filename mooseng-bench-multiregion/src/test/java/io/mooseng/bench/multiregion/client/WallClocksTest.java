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
            new WallClocks(Map.of("a", new Offset(0, 30_000), "b", new Offset(90_000, 30_000)))
                .warning())
        .isEmpty();
    assertThat(new WallClocks(Map.of("a", new Offset(0, 1))).warning()).isEmpty();
  }
}
