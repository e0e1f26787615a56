package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamLimitTest {

  private static List<Lane> lanes(int count) {
    return IntStream.range(0, count).mapToObj(number -> new Lane(number, null, null)).toList();
  }

  @Test
  void lanesTakeCallsInTurnUntilAllAreFull() {
    StreamLimit limit = new StreamLimit(lanes(3), 2);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      limit.enter((lane, waited) -> taken.add(lane.number()));
    }
    assertThat(taken).containsExactly(0, 1, 2, 0, 1, 2);
  }

  @Test
  void theFirstToWaitIsTheFirstToEnterAndIsToldSo() {
    List<Lane> lanes = lanes(2);
    StreamLimit limit = new StreamLimit(lanes, 1);
    List<String> entered = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      limit.enter((lane, waited) -> entered.add(name + lane.number() + waited));
    }
    assertThat(entered).containsExactly("a0false", "b1false");
    limit.leave(lanes.get(1));
    limit.leave(lanes.get(0));
    assertThat(entered).containsExactly("a0false", "b1false", "c1true", "d0true");
    limit.leave(lanes.get(0));
    limit.enter((lane, waited) -> entered.add("e" + lane.number() + waited));
    assertThat(entered).last().isEqualTo("e0false");
  }

  /** Each call ends where it begins, so that a queue of them would be a recursion. */
  @Test
  void aLongQueueOfCallsThatEndAtOnceIsNoRecursion() {
    List<Lane> lanes = lanes(1);
    StreamLimit limit = new StreamLimit(lanes, 1);
    AtomicInteger ended = new AtomicInteger();
    limit.enter((lane, waited) -> {});
    for (int i = 0; i < 100_000; i++) {
      limit.enter(
          (lane, waited) -> {
            ended.incrementAndGet();
            limit.leave(lane);
          });
    }
    limit.leave(lanes.get(0));
    assertThat(ended).hasValue(100_000);
  }

  @Test
  void neverExceedsTheLimitAndLosesNoCall() throws Exception {
    List<Lane> lanes = lanes(3);
    StreamLimit limit = new StreamLimit(lanes, 4);
    AtomicIntegerArray underWay = new AtomicIntegerArray(3);
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 20_000; i++) {
      threads.execute(
          () ->
              limit.enter(
                  (lane, waited) -> {
                    most.accumulateAndGet(underWay.incrementAndGet(lane.number()), Math::max);
                    threads.execute(
                        () -> {
                          underWay.decrementAndGet(lane.number());
                          ended.incrementAndGet();
                          limit.leave(lane);
                        });
                  }));
    }
    while (ended.get() < 20_000) {
      Thread.onSpinWait();
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 4);
  }
}
