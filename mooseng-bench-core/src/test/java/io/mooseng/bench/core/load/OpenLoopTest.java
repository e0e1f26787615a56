package io.mooseng.bench.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.load.VirtualServer.Served;
import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.simulation.EventQueue;
import io.mooseng.bench.core.workload.arrival.ArrivalSchedule;
import io.mooseng.bench.core.workload.arrival.Arrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** All of it in virtual time: what is computed here by brute force must come out exactly. */
class OpenLoopTest {

  private static final long MILLI = 1_000_000L;
  private static final int MANY = 1_000_000;

  private final EventQueue events = new EventQueue();

  private LoadOutcome run(ArrivalSchedule schedule, int inFlight, VirtualServer server)
      throws InterruptedException {
    return new OpenLoop(new VirtualPacing(events), inFlight)
        .run(schedule.arrivals(), schedule.duration(), server);
  }

  private VirtualServer server(int places, LongUnaryOperator serviceNanos) {
    return new VirtualServer(events, places, serviceNanos);
  }

  private static ArrivalSchedule constant(long perSecond, Duration duration) {
    return ArrivalSchedule.constant(Rate.perSecond(perSecond), duration);
  }

  private static List<Long> starts(ArrivalSchedule schedule) {
    List<Long> starts = new ArrayList<>();
    Arrivals arrivals = schedule.arrivals();
    for (long start = arrivals.next(); start != Arrivals.END; start = arrivals.next()) {
      starts.add(start);
    }
    return starts;
  }

  private static List<Served> inOrder(VirtualServer server) {
    return server.served().stream().sorted(Comparator.comparingLong(Served::index)).toList();
  }

  private static long[] randomServices(SplittableRandom random, int operations, long mean) {
    return LongStream.generate(() -> (long) (-Math.log(1 - random.nextDouble()) * mean))
        .limit(operations)
        .toArray();
  }

  @Test
  void everyOperationStartsAtItsTimeWhileThereIsRoom() throws Exception {
    VirtualServer server = server(MANY, i -> 7 * MILLI);
    LoadOutcome outcome = run(constant(2_000, Duration.ofSeconds(10)), 100, server);
    assertThat(outcome.scheduled()).isEqualTo(20_000);
    assertThat(outcome.dropped()).isZero();
    assertThat(outcome.askedRate()).isEqualTo(2_000.0);
    assertThat(outcome.achievedRate()).isEqualTo(2_000.0);
    assertThat(outcome.sustained()).isTrue();
    assertThat(outcome.warning()).isEmpty();
    assertThat(server.served()).allMatch(one -> one.lagNanos() == 0);
    assertThat(server.served()).allMatch(one -> one.responseNanos() == 7 * MILLI);
    // Little's law: 2,000/s for 7 ms are 14 at once; they end 6.5 ms after the schedule.
    assertThat(outcome.meanInFlight()).isCloseTo(20_000 * 0.007 / 10.0065, within(1e-9));
  }

  @Test
  void operationsComeInOrderWithTheirIndex() throws Exception {
    ArrivalSchedule schedule =
        ArrivalSchedule.poisson(Rate.perSecond(500), Duration.ofSeconds(4), 3);
    List<long[]> calls = new ArrayList<>();
    new OpenLoop(new VirtualPacing(events), 5)
        .run(
            schedule.arrivals(),
            schedule.duration(),
            (index, intended) -> {
              calls.add(new long[] {index, intended});
              return CompletableFuture.completedFuture(null);
            });
    List<Long> starts = starts(schedule);
    assertThat(calls).hasSameSizeAs(starts).hasSizeGreaterThan(1_800);
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i)).containsExactly(i, starts.get(i));
    }
  }

  /**
   * One at a time: with the gap g to the one before, the response time r is that of a queue with
   * one server, r' = max(0, r - g) + s (Lindley, 1952).
   */
  @Test
  void responseTimesOfOneAtATimeFollowLindleysRecursion() throws Exception {
    SplittableRandom random = new SplittableRandom(41);
    for (int round = 0; round < 20; round++) {
      Rate rate = Rate.perSecond(200 + random.nextInt(1_500));
      ArrivalSchedule schedule =
          random.nextBoolean()
              ? ArrivalSchedule.constant(rate, Duration.ofSeconds(2))
              : ArrivalSchedule.poisson(rate, Duration.ofSeconds(2), round);
      List<Long> starts = starts(schedule);
      long[] services = randomServices(random, starts.size(), 600_000);
      long begin = events.clock().nanoTime();
      VirtualServer server = server(MANY, i -> services[(int) i]);
      LoadOutcome outcome =
          new OpenLoop(new VirtualPacing(events), 1, Duration.ofDays(1))
              .run(schedule.arrivals(), schedule.duration(), server);
      assertThat(outcome.dropped()).isZero();
      assertThat(server.mostUnderWay()).isEqualTo(1);
      List<Served> served = inOrder(server);
      assertThat(served).hasSameSizeAs(starts);
      long response = 0;
      for (int i = 0; i < starts.size(); i++) {
        long gap = i == 0 ? 0 : starts.get(i) - starts.get(i - 1);
        long lag = Math.max(0, response - gap);
        response = lag + services[i];
        assertThat(served.get(i).intendedNanos()).isEqualTo(begin + starts.get(i));
        assertThat(served.get(i).lagNanos()).isEqualTo(lag);
        assertThat(served.get(i).responseNanos()).isEqualTo(response);
      }
    }
  }

  /** Several at once: each starts when the first of the places before it becomes free. */
  @Test
  void severalAtOnceAreAQueueWithSeveralServers() throws Exception {
    SplittableRandom random = new SplittableRandom(42);
    for (int round = 0; round < 20; round++) {
      int places = 1 + random.nextInt(12);
      ArrivalSchedule schedule =
          ArrivalSchedule.poisson(
              Rate.perSecond(500 + random.nextInt(1_000)), Duration.ofSeconds(1), round);
      List<Long> starts = starts(schedule);
      long[] services = randomServices(random, starts.size(), 1_000_000L * places);
      long begin = events.clock().nanoTime();
      VirtualServer server = server(MANY, i -> services[(int) i]);
      new OpenLoop(new VirtualPacing(events), places, Duration.ofDays(1))
          .run(schedule.arrivals(), schedule.duration(), server);
      PriorityQueue<Long> freeAt = new PriorityQueue<>();
      for (int i = 0; i < places; i++) {
        freeAt.add(begin);
      }
      List<Served> served = inOrder(server);
      for (int i = 0; i < starts.size(); i++) {
        long start = Math.max(begin + starts.get(i), freeAt.poll());
        freeAt.add(start + services[i]);
        assertThat(served.get(i).startNanos()).isEqualTo(start);
        assertThat(served.get(i).endNanos()).isEqualTo(start + services[i]);
      }
    }
  }

  /** A closed loop would see one slow operation; here each that was to start meanwhile is slow. */
  @Test
  void aStallIsSeenByEveryOperationItDelays() throws Exception {
    long stall = 1_000 * MILLI;
    VirtualServer server = server(1, i -> i == 3_000 ? stall : MILLI / 10);
    LoadOutcome outcome = run(constant(1_000, Duration.ofSeconds(10)), MANY, server);
    assertThat(outcome.sustained()).as("it catches up before the end").isTrue();
    List<Served> served = inOrder(server);
    assertThat(served).hasSize(10_000).allMatch(one -> one.lagNanos() == 0);
    assertThat(served.get(3_000).responseNanos()).isEqualTo(stall);
    // Each of the next starts 1 ms later and is served 0.1 ms later: 0.9 ms less, 1,110 times.
    for (int i = 1; i <= 1_110; i++) {
      assertThat(served.get(3_000 + i).responseNanos()).isEqualTo(stall - i * 9 * MILLI / 10);
    }
    assertThat(served.subList(4_111, 10_000)).allMatch(one -> one.responseNanos() == MILLI / 10);
  }

  @Test
  void aStallWithoutRoomForMoreIsLag() throws Exception {
    VirtualServer server = server(MANY, i -> i < 10 ? 1_000 * MILLI : 0);
    LoadOutcome outcome = run(constant(1_000, Duration.ofSeconds(10)), 10, server);
    List<Served> served = inOrder(server);
    for (int i = 10; i < 1_000; i++) {
      assertThat(served.get(i).lagNanos()).isEqualTo((1_000 - i) * MILLI);
    }
    assertThat(served.subList(1_000, 10_000)).allMatch(one -> one.lagNanos() == 0);
    assertThat(server.mostUnderWay()).isEqualTo(10);
    assertThat(outcome.blockedNanos()).isEqualTo(990 * MILLI);
    assertThat(outcome.sustained()).isTrue();
  }

  @Test
  void whatCannotStartInTimeIsDropped() throws Exception {
    // One at a time, 1 ms each: 1,000/s, of 2,000/s asked. Over 10 s and 1 s of grace 11,000 start.
    VirtualServer server = server(MANY, i -> MILLI);
    LoadOutcome outcome = run(constant(2_000, Duration.ofSeconds(10)), 1, server);
    assertThat(outcome.started()).isEqualTo(11_000);
    assertThat(server.served()).hasSize(11_000);
    assertThat(outcome.dropped()).isEqualTo(9_000);
    assertThat(outcome.askedRate()).isEqualTo(2_000.0);
    assertThat(outcome.achievedRate()).isCloseTo(11_000 / 10.999, within(1e-9));
    assertThat(outcome.sustained()).isFalse();
    assertThat(outcome.limitedByClient()).isFalse();
    assertThat(outcome.warning())
        .hasValue(
            "not sustained: asked 2,000 op/s, achieved 1,000;"
                + " 9,000 of 20,000 operations never started");
  }

  @Test
  void aTargetThatNeverAnswersCostsNoMoreThanTheGraceTime() throws Exception {
    // It answers long after: what was started is waited for, and nothing else is started then.
    VirtualServer server = server(MANY, i -> 60_000 * MILLI);
    LoadOutcome outcome = run(constant(100, Duration.ofSeconds(2)), 3, server);
    assertThat(outcome.started()).isEqualTo(3);
    assertThat(outcome.dropped()).isEqualTo(197);
    assertThat(outcome.achievedRate()).isEqualTo(1.5);
    assertThat(outcome.limitedByClient()).isFalse();
    assertThat(server.served()).hasSize(3);
    assertThat(events.clock().nanoTime()).isEqualTo(60_020 * MILLI);
  }

  @Test
  void aClientThatIsTooSlowIsSaidToBe() throws Exception {
    EventQueue clock = events;
    // The call itself takes 1 ms: whatever the room, 1,000 start in a second.
    LoadOutcome outcome =
        new OpenLoop(new VirtualPacing(events), MANY)
            .run(
                constant(5_000, Duration.ofSeconds(1)).arrivals(),
                Duration.ofSeconds(1),
                (index, intended) -> {
                  clock.clock().advanceTo(clock.clock().nanoTime() + MILLI);
                  return CompletableFuture.completedFuture(null);
                });
    assertThat(outcome.started()).isEqualTo(5_000);
    assertThat(outcome.sustained()).isFalse();
    assertThat(outcome.limitedByClient()).isTrue();
    assertThat(outcome.warning())
        .hasValue(
            "not sustained: asked 5,000 op/s, achieved 1,000;"
                + " the client, not the target, was the limit");
  }

  @Test
  void whatAnOperationThrowsEndsTheSchedule() {
    List<Long> started = new ArrayList<>();
    CompletableFuture<Void> open = new CompletableFuture<>();
    events.schedule(500 * MILLI, () -> open.complete(null));
    assertThatThrownBy(
            () ->
                new OpenLoop(new VirtualPacing(events), 10)
                    .run(
                        constant(1_000, Duration.ofSeconds(1)).arrivals(),
                        Duration.ofSeconds(1),
                        (index, intended) -> {
                          started.add(index);
                          if (index == 3) {
                            throw new IllegalStateException("planted");
                          }
                          return index == 0 ? open : CompletableFuture.completedFuture(null);
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("planted");
    assertThat(started).containsExactly(0L, 1L, 2L, 3L);
    assertThat(open).as("what was under way is waited for").isDone();
  }

  @Test
  void aTraceMayEndBeforeItsLengthOrHaveNothing() throws Exception {
    OpenLoop loop = new OpenLoop(new VirtualPacing(events), 4);
    LoadOutcome none = loop.run(() -> Arrivals.END, Duration.ofSeconds(3), server(1, i -> MILLI));
    assertThat(none.scheduled()).isZero();
    assertThat(none.sustained()).isTrue();
    assertThat(none.meanInFlight()).isZero();
    // Five at the same time, as a trace may have them.
    long[] times = {0, 0, 0, 0, 0, Arrivals.END};
    int[] taken = new int[1];
    VirtualServer server = server(MANY, i -> MILLI);
    LoadOutcome five = loop.run(() -> times[taken[0]++], Duration.ofSeconds(1), server);
    assertThat(five.started()).isEqualTo(5);
    assertThat(server.mostUnderWay()).isEqualTo(4);
    assertThat(inOrder(server).get(4).lagNanos()).isEqualTo(MILLI);
  }

  @Test
  void boundsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpenLoop(new VirtualPacing(events), 0))
        .withMessage("inFlight is 0; accepted: 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpenLoop(new VirtualPacing(events), 1, Duration.ofNanos(-1)));
  }
}
