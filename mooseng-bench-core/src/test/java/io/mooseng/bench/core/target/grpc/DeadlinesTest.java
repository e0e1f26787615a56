package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlinesTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<Integer> expired = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private final class Call extends Deadlines.Timed {
    private final int number;

    Call(int number) {
      this.number = number;
    }

    @Override
    void expire() {
      expired.add(number);
    }
  }

  @Test
  void callsExpireInTheOrderInWhichTheyBeganUnlessTheyEnded() throws Exception {
    Deadlines deadlines = new Deadlines(Duration.ofMillis(200), timer);
    List<Call> calls = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      calls.add(new Call(i));
      deadlines.add(calls.get(i));
    }
    deadlines.remove(calls.get(0));
    deadlines.remove(calls.get(4));
    deadlines.remove(calls.get(9));
    for (int number : List.of(1, 2, 3, 5, 6, 7, 8)) {
      assertThat(expired.take()).isEqualTo(number);
    }
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000);
    deadlines.remove(calls.get(1)); // as the listener of an expired call does
    Call next = new Call(10);
    deadlines.add(next);
    assertThat(expired.take()).isEqualTo(10);
    assertThat(expired.poll(1, TimeUnit.MILLISECONDS)).isNull();
  }
}
