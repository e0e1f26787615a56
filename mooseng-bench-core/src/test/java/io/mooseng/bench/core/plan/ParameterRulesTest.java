package io.mooseng.bench.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterRulesTest {

  @ParameterizedTest
  @CsvSource({
    "size, 0",
    "size, 5",
    "size, 3.5KB",
    "size, 8GB",
    "inFlight, 1",
    "inFlight, 10000",
    "rtt, 0ms",
    "rtt, 0.001ms",
    "rtt, 10000ms",
    "channels, 1",
    "channels, 10000",
    "streamsPerChannel, unlimited",
    "streamsPerChannel, 1",
    "flowControlWindow, auto",
    "flowControlWindow, 64KB",
    "flowControlWindow, 1GB",
    "deadline, 30s",
    "deadline, 500ms",
    "deadline, 0.001s",
    "deadline, 3600s",
    "retries, 0",
    "retries, 100",
    "waitForReady, true",
    "waitForReady, false",
    "colour, red",
  })
  void accepts(String name, String value) {
    assertThatCode(() -> ParameterRules.check(name, value, List.of("red", "green")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size | 9GB | up to 8GB",
        "inFlight | 0 | a whole number from 1 to 10000",
        "inFlight | 10001 | a whole number from 1 to 10000",
        "inFlight | 1.5 | a whole number from 1 to 10000",
        "rtt | 5 | milliseconds from 0ms to 10000ms, such as 72.7ms",
        "rtt | -1ms | milliseconds from 0ms to 10000ms, such as 72.7ms",
        "rtt | 10000.1ms | milliseconds from 0ms to 10000ms, such as 72.7ms",
        "channels | 0 | a whole number from 1 to 10000",
        "channels | 10001 | a whole number from 1 to 10000",
        "channels | many | a whole number from 1 to 10000",
        "streamsPerChannel | 0 | unlimited, or a whole number from 1 to 100000",
        "streamsPerChannel | none | unlimited, or a whole number from 1 to 100000",
        "flowControlWindow | 63KB | auto, or a size from 64KB to 1GB",
        "flowControlWindow | 2GB | auto, or a size from 64KB to 1GB",
        "flowControlWindow | wide | auto, or a size from 64KB to 1GB",
        "deadline | 30 | a time from 1ms to 3600s, such as 500ms or 30s",
        "deadline | 0s | a time from 1ms to 3600s, such as 500ms or 30s",
        "deadline | 3601s | a time from 1ms to 3600s, such as 500ms or 30s",
        "deadline | -1s | a time from 1ms to 3600s, such as 500ms or 30s",
        "retries | -1 | a whole number from 0 to 100",
        "retries | 101 | a whole number from 0 to 100",
        "waitForReady | yes | true, false",
        "colour | blue | red, green",
      })
  void refuses(String name, String value, String accepted) {
    assertRefused(name, value, "-p %s=%s: accepted: %s".formatted(name, value, accepted));
  }

  @Test
  void refusesWhatIsNoSize() {
    assertRefused(
        "size",
        "big",
        "-p size=big: 'big' is not a size; accepted: a number with B, KB, MB or GB, such as 64KB");
  }

  private static void assertRefused(String name, String value, String message) {
    assertThatThrownBy(() -> ParameterRules.check(name, value, List.of("red", "green")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  @Test
  void roundTripTimesAreExact() {
    assertThat(ParameterRules.rtt("72.7ms")).isEqualTo(Duration.ofNanos(72_700_000));
    assertThat(ParameterRules.rtt("0.000001ms")).isEqualTo(Duration.ofNanos(1));
    assertThat(ParameterRules.rtt("0ms")).isZero();
  }
}
