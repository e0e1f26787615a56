package io.mooseng.bench.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final EventQueue events = new EventQueue();

  @Test
  void eventsHappenInOrderOfTimeThenOfScheduling() {
    SplittableRandom random = new SplittableRandom(5);
    List<long[]> happened = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      long delay = random.nextLong(20);
      events.schedule(delay, () -> happened.add(new long[] {delay, number}));
    }
    events.runUntil(() -> happened.size() == 1000);
    assertThat(happened)
        .isSortedAccordingTo(
            (a, b) -> a[0] == b[0] ? Long.compare(a[1], b[1]) : Long.compare(a[0], b[0]));
    assertThat(events.clock().nanoTime()).isEqualTo(19);
  }

  @Test
  void stopsAtTheInstantAtWhichTheConditionHolds() {
    List<String> happened = new ArrayList<>();
    events.schedule(10, () -> happened.add("first"));
    events.schedule(20, () -> happened.add("second"));
    events.runUntil(() -> !happened.isEmpty());
    assertThat(happened).containsExactly("first");
    assertThat(events.clock().nanoTime()).isEqualTo(10);
  }

  @Test
  void failsWhenNothingIsLeftToHappen() {
    assertThatIllegalStateException().isThrownBy(() -> events.runUntil(() -> false));
  }

  @Test
  void timeDoesNotGoBack() {
    assertThatIllegalArgumentException().isThrownBy(() -> events.schedule(-1, () -> {}));
    VirtualClock clock = new VirtualClock();
    clock.advanceTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> clock.advanceTo(4));
  }

  @Test
  void stationServesAsManyAtOnceAsItHasServers() {
    Station station = new Station(events, 3);
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      station.serve(10, () -> ends.add(events.clock().nanoTime()));
    }
    events.runUntil(() -> ends.size() == 7);
    assertThat(ends).containsExactly(10L, 10L, 10L, 20L, 20L, 20L, 30L);
  }
}
