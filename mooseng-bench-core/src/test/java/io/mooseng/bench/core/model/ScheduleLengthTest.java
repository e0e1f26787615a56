package io.mooseng.bench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleLengthTest {

  @ParameterizedTest
  @CsvSource({
    "10s, 10000, 10s",
    "0.5s, 500, 500ms",
    "2m, 120000, 120s",
    "10ms, 10, 10ms",
    "24h, 86400000, 86400s",
    "1500ms, 1500, 1500ms",
    "10000us, 10, 10ms"
  })
  void readsWhatPeopleWrite(String text, long millis, String canonical) {
    ScheduleLength length = ScheduleLength.parse(text);
    assertThat(length.duration()).isEqualTo(Duration.ofMillis(millis));
    assertThat(length).hasToString(canonical);
    assertThat(ScheduleLength.parse(canonical)).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "9ms", "25h", "-1s", "10", "10 s", "1d", "", "ten", "1e3s"})
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleLength.parse(text))
        .withMessage(
            "'"
                + text
                + "' is no length of a schedule; accepted: from 10ms to 24h, such as 10s, 500ms or"
                + " 2m");
  }

  @Test
  void isCheckedHoweverItIsMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleLength(Duration.ZERO));
  }
}
