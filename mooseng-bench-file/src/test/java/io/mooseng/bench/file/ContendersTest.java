package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContendersTest {

  private final Contenders contenders = new Contenders(4);
  private final OperationTrace trace = new OperationTrace();

  @AfterEach
  void end() {
    contenders.close();
  }

  private static OperationException late() {
    return OperationException.light(FailureKind.ALREADY_EXISTS, "the name is taken");
  }

  @Test
  void tellsWhoWon() throws OperationException {
    AtomicBoolean taken = new AtomicBoolean();
    int[] first = {-1};
    int winner =
        contenders.race(
            (contender, own) -> {
              own.roundTrip();
              if (taken.getAndSet(true)) {
                throw late();
              }
              first[0] = contender;
            },
            trace);
    assertThat(winner).isEqualTo(first[0]);
    assertThat(trace.roundTrips()).isEqualTo(4);
  }

  @Test
  void twoWinnersAreCorruption() {
    assertThatThrownBy(
            () ->
                contenders.race(
                    (contender, own) -> {
                      if (contender > 1) {
                        throw late();
                      }
                    },
                    trace))
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CORRUPT))
        .hasMessage("2 of 4 clients were told that they alone have the name");
  }

  @Test
  void noWinnerIsCorruption() {
    assertThatThrownBy(
            () ->
                contenders.race(
                    (contender, own) -> {
                      throw late();
                    },
                    trace))
        .hasMessage("0 of 4 clients were told that they alone have the name");
  }

  @Test
  void anyOtherFailureIsTheRaces() {
    assertThatThrownBy(
            () ->
                contenders.race(
                    (contender, own) -> {
                      if (contender == 2) {
                        throw OperationException.light(FailureKind.TIMEOUT, "too late");
                      }
                      throw late();
                    },
                    trace))
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT));
  }
}
