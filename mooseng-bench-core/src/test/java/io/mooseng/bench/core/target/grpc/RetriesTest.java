package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RetriesTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private List<Duration> backOffs(long firstMillis, long seed) {
    Retries retries = new Retries(20, Duration.ofMillis(firstMillis), seed, timer);
    List<Duration> found = new ArrayList<>();
    for (int made = 0; made < 20; made++) {
      found.add(retries.backOff(made));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 300, 1_000, 60_000})
  void backOffsDoubleUpToASecondAndSpreadByAFifth(long firstMillis) {
    for (long seed = 0; seed < 100; seed++) {
      List<Duration> found = backOffs(firstMillis, seed);
      for (int made = 0; made < found.size(); made++) {
        double longest = Math.max(1_000, firstMillis);
        double plain = Math.min(longest, firstMillis * Math.pow(2, made));
        assertThat(found.get(made).toNanos() / 1e6).isBetween(0.8 * plain, 1.2 * plain);
      }
    }
  }

  @Test
  void oneSeedGivesOneSequence() {
    assertThat(backOffs(10, 3)).isEqualTo(backOffs(10, 3)).isNotEqualTo(backOffs(10, 4));
  }

  @Test
  void closingEndsWhatWaits() {
    Retries retries = new Retries(20, Duration.ofMillis(10), 1, timer);
    List<String> ends = new ArrayList<>();
    retries.later(19, () -> ends.add("again"), () -> ends.add("closed"));
    retries.close();
    retries.later(19, () -> ends.add("again"), () -> ends.add("closed"));
    assertThat(ends).containsExactly("closed", "closed");
    assertThat(retries.allowed(0)).isFalse();
  }
}
