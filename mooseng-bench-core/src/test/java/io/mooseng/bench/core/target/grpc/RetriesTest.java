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

@Timeout(30)
class RetriesTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private List<Duration> backOffs(long seed) {
    Retries retries = new Retries(20, seed, timer);
    List<Duration> found = new ArrayList<>();
    for (int made = 0; made < 20; made++) {
      found.add(retries.backOff(made));
    }
    return found;
  }

  @Test
  void backOffsDoubleUpToASecondAndSpreadByAFifth() {
    for (long seed = 0; seed < 100; seed++) {
      List<Duration> found = backOffs(seed);
      for (int made = 0; made < found.size(); made++) {
        double plain = Math.min(1000, 10 * Math.pow(2, made));
        assertThat(found.get(made).toNanos() / 1e6).isBetween(0.8 * plain, 1.2 * plain);
      }
    }
  }

  @Test
  void oneSeedGivesOneSequence() {
    assertThat(backOffs(3)).isEqualTo(backOffs(3)).isNotEqualTo(backOffs(4));
  }

  @Test
  void closingEndsWhatWaits() {
    Retries retries = new Retries(20, 1, timer);
    List<String> ends = new ArrayList<>();
    retries.later(19, () -> ends.add("again"), () -> ends.add("closed"));
    retries.close();
    retries.later(19, () -> ends.add("again"), () -> ends.add("closed"));
    assertThat(ends).containsExactly("closed", "closed");
    assertThat(retries.allowed(0)).isFalse();
  }
}
