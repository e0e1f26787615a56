package io.mooseng.bench.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UnderWayTest {

  private record Event(long nanos, boolean begin) {}

  private UnderWay underWay = new UnderWay();

  /** Step by step: so many are under way from this event to the next. */
  private static long integral(List<Event> events) {
    long sum = 0;
    long count = 0;
    long last = events.get(0).nanos;
    for (Event event : events) {
      sum += count * (event.nanos - last);
      last = event.nanos;
      count += event.begin ? 1 : -1;
    }
    return sum;
  }

  private static List<Event> randomEvents(SplittableRandom random, long origin) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long begin = origin + random.nextLong(1_000_000);
      events.add(new Event(begin, true));
      events.add(new Event(begin + random.nextLong(100_000), false));
    }
    events.sort(Comparator.comparingLong(event -> event.nanos - origin));
    return events;
  }

  private void count(Event event) {
    if (event.begin) {
      underWay.began(event.nanos);
    } else {
      underWay.ended(event.nanos);
    }
  }

  /** The clock may be anywhere, just before its overflow as well. */
  @ParameterizedTest
  @ValueSource(longs = {0, -5_000, 1L << 40, Long.MAX_VALUE - 500_000, Long.MIN_VALUE})
  void integratesTheNumberUnderWay(long origin) {
    for (int seed = 0; seed < 20; seed++) {
      underWay = new UnderWay();
      List<Event> events = randomEvents(new SplittableRandom(seed), origin);
      events.forEach(this::count);
      long span = events.get(events.size() - 1).nanos - events.get(0).nanos;
      assertThat(underWay.mark()).isEqualTo(new UnderWay.Counted(200, integral(events), span));
    }
  }

  @Test
  void whatIsUnderWayAtAMarkGoesOn() {
    underWay.began(100);
    underWay.began(200);
    assertThat(underWay.mark()).isEqualTo(new UnderWay.Counted(2, 100, 100));
    underWay.ended(500);
    underWay.ended(600);
    assertThat(underWay.mark()).isEqualTo(new UnderWay.Counted(0, 2 * 300 + 100, 100));
    assertThat(underWay.mark()).isEqualTo(new UnderWay.Counted(0, 0, 0));
  }

  /** Parts add up to the whole, wherever it is cut. */
  @RepeatedTest(20)
  void marksCutTheIntegralWithoutLoss(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    List<Event> events = randomEvents(random, 0);
    long begun = 0;
    long nanos = 0;
    for (Event event : events) {
      count(event);
      if (random.nextInt(10) == 0) {
        UnderWay.Counted part = underWay.mark();
        begun += part.begun();
        nanos += part.nanos();
      }
    }
    UnderWay.Counted last = underWay.mark();
    assertThat(begun + last.begun()).isEqualTo(200);
    assertThat(nanos + last.nanos()).isEqualTo(integral(events));
  }

  @Test
  void threadsAddUp() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Event> all = new ArrayList<>();
    for (int t = 0; t < 40; t++) {
      List<Event> events = randomEvents(new SplittableRandom(t), 0);
      all.addAll(events);
      threads.add(new Thread(() -> events.forEach(this::count)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    all.sort(Comparator.comparingLong(Event::nanos));
    long span = all.get(all.size() - 1).nanos - all.get(0).nanos;
    assertThat(underWay.mark()).isEqualTo(new UnderWay.Counted(40 * 200, integral(all), span));
  }

  /** Begun by one thread and ended by another, as asynchronous operations are. */
  @Test
  void anyThreadMayEndWhatAnotherBegan() throws InterruptedException {
    underWay.began(1_000);
    Thread other = new Thread(() -> underWay.ended(1_700));
    other.start();
    other.join();
    assertThat(underWay.mark()).isEqualTo(new UnderWay.Counted(1, 700, 700));
  }
}
