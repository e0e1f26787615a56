package io.mooseng.bench.core.link.tun;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.link.tun.Flights.Flight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FlightsTest {

  private record Entry(long due, int order, long packet) {}

  /** Against a list that is sorted each time. */
  @RepeatedTest(20)
  void leaveByTimeAndThenInTheOrderInWhichTheyCame(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Flights flights = new Flights();
    List<Entry> model = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      if (random.nextInt(100) < 55) {
        long due = random.nextInt(10) == 0 ? random.nextInt(step + 1) : step;
        flights.add(due, step, 0, random.nextBoolean() ? Flights.INTACT : 3);
        model.add(new Entry(due, step, step));
      } else if (!model.isEmpty()) {
        Entry expected =
            model.stream()
                .min(Comparator.comparingLong(Entry::due).thenComparing(Entry::order))
                .orElseThrow();
        assertThat(flights.nextDue()).isEqualTo(expected.due());
        Flight found = flights.poll();
        assertThat(found.packet()).isEqualTo(expected.packet());
        flights.recycle(found);
        model.remove(expected);
      }
      assertThat(flights.nextDue() == Flights.NEVER).isEqualTo(model.isEmpty());
    }
  }

  @Test
  void neighboursThatAreDueTogetherAreOneEntry() {
    Flights flights = new Flights();

    assertThat(flights.add(5, 1, 0, Flights.INTACT)).isTrue();
    assertThat(flights.add(5, 1, 1, Flights.INTACT)).isFalse();
    assertThat(flights.add(5, 1, 3, Flights.INTACT)).as("after a gap").isTrue();
    assertThat(flights.add(5, 1, 4, 17)).as("corrupt").isTrue();
    assertThat(flights.add(5, 1, 5, Flights.INTACT)).as("after a corrupt one").isTrue();
    assertThat(flights.add(6, 1, 6, Flights.INTACT)).as("later").isTrue();
    assertThat(flights.add(6, 2, 7, Flights.INTACT)).as("of another packet").isTrue();

    Flight first = flights.poll();
    assertThat(first.first()).isZero();
    assertThat(first.count()).isEqualTo(2);
  }

  @Test
  void neighboursThatAreDueByNowLeaveTogether() {
    Flights flights = new Flights();
    flights.add(5, 1, 0, Flights.INTACT);
    flights.add(6, 1, 1, Flights.INTACT);
    flights.add(7, 1, 2, Flights.INTACT);
    flights.add(8, 1, 4, Flights.INTACT);
    flights.add(9, 1, 5, Flights.INTACT);

    Flight flight = flights.poll();
    assertThat(flights.join(flight, 6)).isTrue();
    assertThat(flights.join(flight, 6)).as("not due yet").isFalse();
    assertThat(flights.join(flight, 9)).isTrue();
    assertThat(flights.join(flight, 9)).as("a gap").isFalse();
    assertThat(flight.count()).isEqualTo(3);
    assertThat(flights.nextDue()).isEqualTo(8);
  }
}
