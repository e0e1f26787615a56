package io.mooseng.bench.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterRulesTest {

  private static final List<String> COLOURS = List.of("red", "green");

  @ParameterizedTest
  @CsvSource({
    "size, 0, 0B",
    "size, 5, 5B",
    "size, 1024B, 1KB",
    "size, 1kb, 1KB",
    "size, 1MIB, 1MB",
    "size, 1 MiB, 1MB",
    "size, 3.5KB, 3584B",
    "size, 8GB, 8GB",
    "messageSize, 0, 0B",
    "messageSize, 4096KB, 4MB",
    "frameSize, 1, 1B",
    "transferSize, 1GB, 1GB",
    "connections, 0500, 500",
    "inFlight, 1, 1",
    "inFlight, 010, 10",
    "inFlight, +7, 7",
    "inFlight, 10000, 10000",
    "rtt, 0ms, 0ms",
    "rtt, 0.001ms, 0.001ms",
    "rtt, 72.70ms, 72.7ms",
    "rtt, 010ms, 10ms",
    "rtt, 10000ms, 10000ms",
    "channels, 1, 1",
    "channels, 010000, 10000",
    "streamsPerChannel, unlimited, unlimited",
    "streamsPerChannel, 1, 1",
    "flowControlWindow, auto, auto",
    "flowControlWindow, 65536, 64KB",
    "flowControlWindow, 1GB, 1GB",
    "deadline, 30s, 30s",
    "deadline, 30000ms, 30s",
    "deadline, 500ms, 500ms",
    "deadline, 0.001s, 1ms",
    "deadline, 1.5s, 1500ms",
    "deadline, 3600s, 3600s",
    "retries, 0, 0",
    "retries, 100, 100",
    "backOff, 10ms, 10ms",
    "backOff, 0.01s, 10ms",
    "backOff, 1ms, 1ms",
    "backOff, 1.5ms, 1500us",
    "backOff, 1m, 60s",
    "waitForReady, true, true",
    "waitForReady, false, false",
    "entries, 25, 25",
    "rate, 2000, 2000/s",
    "rate, 0.50/s, 0.5/s",
    "rate, max(p99.0 < 20ms), max(p99<20ms)",
    "arrival, poisson, poisson",
    "duration, 0.5s, 500ms",
    "colour, red, red",
    "others, silent, silent",
  })
  void acceptsAndWritesInOneWay(String name, String value, String canonical) {
    assertThat(ParameterRules.canonical(name, value, COLOURS)).isEqualTo(canonical);
    assertThat(ParameterRules.canonical(name, canonical, COLOURS)).isEqualTo(canonical);
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
        "backOff | 10 | a time from 1ms to 60s, such as 10ms or 1s",
        "backOff | 0ms | a time from 1ms to 60s, such as 10ms or 1s",
        "backOff | 999us | a time from 1ms to 60s, such as 10ms or 1s",
        "backOff | 60.001s | a time from 1ms to 60s, such as 10ms or 1s",
        "backOff | -10ms | a time from 1ms to 60s, such as 10ms or 1s",
        "backOff | soon | a time from 1ms to 60s, such as 10ms or 1s",
        "waitForReady | yes | true, false",
        "colour | blue | red, green",
        "others | asleep | writing, silent",
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
    assertThatThrownBy(() -> ParameterRules.canonical(name, value, COLOURS))
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
