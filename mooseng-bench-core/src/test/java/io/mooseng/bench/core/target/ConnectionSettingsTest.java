package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mooseng.bench.core.model.ByteSize;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConnectionSettingsTest {

  private static final ConnectionSettings DEFAULTS = ConnectionSettings.defaults();

  @Test
  void readsEachParameter() {
    assertThat(
            DEFAULTS
                .with(ConnectionSetting.CHANNELS, "4")
                .with(ConnectionSetting.STREAMS_PER_CHANNEL, "25")
                .with(ConnectionSetting.FLOW_CONTROL_WINDOW, "1MB")
                .with(ConnectionSetting.DEADLINE, "1.5s")
                .with(ConnectionSetting.RETRIES, "3")
                .with(ConnectionSetting.BACK_OFF, "1.5ms")
                .with(ConnectionSetting.WAIT_FOR_READY, "true"))
        .isEqualTo(
            new ConnectionSettings(
                4,
                OptionalInt.of(25),
                Optional.of(ByteSize.parse("1MB")),
                Duration.ofMillis(1500),
                3,
                Duration.ofNanos(1_500_000),
                true));
  }

  @Test
  void theWordsForNoLimitTakeOneAway() {
    assertThat(
            DEFAULTS
                .withStreamsPerChannel(OptionalInt.of(5))
                .with(ConnectionSetting.STREAMS_PER_CHANNEL, "unlimited")
                .streamsPerChannel())
        .isEmpty();
    assertThat(DEFAULTS.with(ConnectionSetting.FLOW_CONTROL_WINDOW, "auto").flowControlWindow())
        .isEmpty();
  }

  @Test
  void whatWasChosenIsWhatDiffers() {
    assertThat(DEFAULTS.chosen()).isEmpty();
    assertThat(DEFAULTS.withChannels(4).withDeadline(Duration.ofMillis(1500)).chosen())
        .containsExactly("channels=4", "deadline=1500ms");
  }

  @Test
  void valuesAreCheckedHoweverTheyAreMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withChannels(0))
        .withMessage("channels=0: accepted: a whole number from 1 to 10000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withDeadline(Duration.ZERO))
        .withMessage("deadline=PT0S: accepted: a time from 1ms to 3600s, such as 500ms or 30s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.with(ConnectionSetting.CHANNELS, "99999999999"))
        .withMessage("channels=99999999999: accepted: a whole number from 1 to 10000");
  }
}
