package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContendersTest {

  private final Contenders contenders = new Contenders(4, Ticker.SYSTEM);
  private final OperationTrace trace = new OperationTrace();

  @AfterEach
  void end() {
    contenders.close();
  }

  private Contenders.Decision race(Contenders.Attempt attempt) throws Exception {
    return contenders.lineUp(attempt).run(trace);
  }

  private static OperationException late() {
    return OperationException.light(FailureKind.ALREADY_EXISTS, "the name is taken");
  }

  @Test
  void tellsWhoWon() throws Exception {
    AtomicBoolean taken = new AtomicBoolean();
    int[] first = {-1};
    Contenders.Decision decision =
        race(
            (contender, own) -> {
              own.roundTrip();
              if (taken.getAndSet(true)) {
                throw late();
              }
              first[0] = contender;
            });
    assertThat(decision).isEqualTo(new Contenders.Decision(first[0], 3));
    assertThat(trace.roundTrips()).isEqualTo(4);
    assertThat(trace.stepNanos()).as("of contenders that know no stages").isZero();
  }

  /** Each thread lives in a time of its own, in which contender 3 is the last. */
  @Test
  void lastsAsLongAsTheLastOfThem() throws Exception {
    Thread caller = Thread.currentThread();
    Iterator<Long> ofCaller = List.of(100L, 4_107L).iterator();
    ThreadLocal<Long> ofContender = ThreadLocal.withInitial(() -> 110L);
    Ticker ticker = () -> Thread.currentThread() == caller ? ofCaller.next() : ofContender.get();
    try (Contenders timed = new Contenders(4, ticker)) {
      timed
          .lineUp(
              (contender, own) -> {
                long end = 1_100 + 1_000 * contender;
                own.roundTrip();
                own.add(Stage.MASTER_RPC, end - 110);
                ofContender.set(end);
                if (contender != 1) {
                  throw late();
                }
              })
          .run(trace);
    }
    assertThat(trace.nanos(Stage.QUEUE)).isEqualTo(10);
    assertThat(trace.nanos(Stage.MASTER_RPC)).isEqualTo(4_100 - 110);
    assertThat(trace.nanos(Stage.CLOSE)).isEqualTo(7);
    assertThat(trace.stepNanos()).as("the whole race").isEqualTo(4_107 - 100);
    assertThat(trace.roundTrips()).isEqualTo(4);
  }

  /** A call made again by any of them is one of the race, and so it is no first attempt. */
  @Test
  void addsUpWhatIsCounted() throws Exception {
    race(
        (contender, own) -> {
          own.roundTrip();
          own.split(10, 20, 30, 40);
          if (contender == 2) {
            own.retry(FailureKind.UNAVAILABLE);
          }
          if (contender != 0) {
            throw late();
          }
        });
    assertThat(trace.retries()).isEqualTo(1);
    assertThat(trace.retries(FailureKind.UNAVAILABLE)).isEqualTo(1);
    assertThat(trace.isSplit()).as("every call was told of").isTrue();
  }

  @Test
  void twoWinnersAreCorruption() {
    assertThatThrownBy(
            () ->
                race(
                    (contender, own) -> {
                      if (contender > 1) {
                        throw late();
                      }
                    }))
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CORRUPT))
        .hasMessage("2 of 4 clients were told that they alone have the name");
  }

  @Test
  void noWinnerIsCorruption() {
    assertThatThrownBy(
            () ->
                race(
                    (contender, own) -> {
                      throw late();
                    }))
        .hasMessage("0 of 4 clients were told that they alone have the name");
  }

  @Test
  void anyOtherFailureIsTheRaces() {
    assertThatThrownBy(
            () ->
                race(
                    (contender, own) -> {
                      if (contender == 2) {
                        throw OperationException.light(FailureKind.TIMEOUT, "too late");
                      }
                      throw late();
                    }))
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT));
  }
}
