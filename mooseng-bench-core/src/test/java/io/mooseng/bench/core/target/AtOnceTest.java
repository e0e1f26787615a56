package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AtOnceTest {

  private static final List<Integer> NUMBERS = IntStream.range(0, 40).boxed().toList();

  private final Set<Integer> done = ConcurrentHashMap.newKeySet();

  @Test
  void doesAllOfThemAtTheSameTime() {
    CyclicBarrier all = new CyclicBarrier(NUMBERS.size());
    AtOnce.forEach(
        NUMBERS,
        NUMBERS.size(),
        number -> {
          try {
            all.await(20, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException("they never met", e);
          }
          done.add(number);
        });
    assertThat(done).containsExactlyInAnyOrderElementsOf(NUMBERS);
  }

  @Test
  void doesNoMoreAtOnceThanItMay() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtOnce.forEach(
        NUMBERS,
        3,
        number -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          done.add(number);
          underWay.decrementAndGet();
        });
    assertThat(done).hasSameSizeAs(NUMBERS);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthers() {
    assertThatThrownBy(
            () ->
                AtOnce.forEach(
                    NUMBERS,
                    3,
                    number -> {
                      done.add(number);
                      if (number == 5) {
                        throw new IllegalStateException("planted");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("planted");
    assertThat(done).containsExactlyInAnyOrderElementsOf(NUMBERS);
  }

  @Test
  void ofNothingIsNothing() {
    AtOnce.forEach(List.<Integer>of(), 4, done::add);
    assertThat(done).isEmpty();
  }
}
