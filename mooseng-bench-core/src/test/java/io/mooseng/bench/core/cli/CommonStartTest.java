package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CommonStartTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

  private Instant now = NOW;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void waitsUntilThenEvenIfSleepEndsEarly() throws InterruptedException {
    CommonStart start =
        new CommonStart(clock, time -> now = now.plus(time.dividedBy(2).plusNanos(1)));
    assertThat(start.await(NOW.plusSeconds(10))).isBetween(Duration.ZERO, Duration.ofNanos(2));
    assertThat(now).isAfterOrEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void saysHowLateItIs() throws InterruptedException {
    CommonStart start =
        new CommonStart(
            clock,
            time -> {
              throw new AssertionError("slept");
            });
    assertThat(start.await(NOW.minusSeconds(3))).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void refusesWhatIsPastOrFarAway() {
    CommonStart start = new CommonStart(clock, time -> {});
    assertThatCode(() -> start.requireAhead(NOW.plusSeconds(60))).doesNotThrowAnyException();
    for (Instant wrong : new Instant[] {NOW, NOW.minusSeconds(1), NOW.plusSeconds(90_000)}) {
      assertThatThrownBy(() -> start.requireAhead(wrong))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("--start-at " + wrong)
          .hasMessageContaining("next 24 hours");
    }
  }
}
