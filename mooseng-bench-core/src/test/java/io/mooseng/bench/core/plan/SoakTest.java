package io.mooseng.bench.core.plan;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.cell;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static io.mooseng.bench.core.plan.Plans.scheduled;
import static io.mooseng.bench.core.plan.Plans.simulated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.target.OperationKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SoakTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final Cell READ =
      cell(benchmark("ReadBenchmark.read", OperationKind.READ), embedded());

  private static Plan soak(Duration total, Optional<Duration> window, Cell... cells) {
    return Soak.of(
        new Plan(Arrays.stream(cells).map(List::of).toList(), List.of("a note")), total, window);
  }

  private static Cell schedule(String... parameters) {
    return cell(
        scheduled(benchmark("OpenLoopBenchmark.read", OperationKind.READ, parameters)), embedded());
  }

  @Test
  void rowsShareTheTimeInOneForkEach() {
    Plan plan = soak(HOUR, Optional.empty(), READ, READ);
    assertThat(plan.notes()).containsExactly("a note");
    assertThat(plan.soak()).contains(new Soak(Duration.ofMinutes(30), Duration.ofSeconds(30)));
    for (Cell cell : plan.cells()) {
      Sizes sizes = cell.sizes();
      assertThat(sizes.forks()).isEqualTo(1);
      assertThat(Plan.warmupForks(cell)).isZero();
      assertThat(sizes.iterations()).isEqualTo(60);
      assertThat(sizes.time()).isEqualTo(Duration.ofSeconds(30));
      assertThat(sizes.warmupIterations()).isEqualTo(READ.sizes().warmupIterations());
      assertThat(sizes.warmupTime()).isEqualTo(READ.sizes().warmupTime());
    }
  }

  @Test
  void shortOnesHaveWindowsOfASecond() {
    Plan plan = soak(Duration.ofSeconds(12), Optional.empty(), READ);
    assertThat(plan.soak().orElseThrow().window()).isEqualTo(Duration.ofSeconds(1));
    assertThat(plan.cells().get(0).sizes().iterations()).isEqualTo(12);
  }

  @Test
  void windowsAreAsLongAsTheUserSays() {
    Plan plan = soak(HOUR, Optional.of(Duration.ofMinutes(5)), READ);
    assertThat(plan.soak().orElseThrow().window()).isEqualTo(Duration.ofMinutes(5));
    assertThat(plan.cells().get(0).sizes().iterations()).isEqualTo(12);
  }

  @Test
  void schedulesKeepTheirLength() {
    Cell known = schedule("duration=5s");
    Cell sized = known.withSizes(known.sizes().withTime(Duration.ofSeconds(7)));
    Sizes sizes = soak(HOUR, Optional.empty(), sized).cells().get(0).sizes();
    assertThat(sizes.time()).isEqualTo(Duration.ofSeconds(7));
    assertThat(sizes.iterations()).as("the last one ends after the hour").isEqualTo(515);
  }

  @Test
  void schedulesOfUnknownLengthAreEndedByTheClock() {
    Cell cell = soak(HOUR, Optional.empty(), schedule()).cells().get(0);
    assertThat(cell.sizes().iterations()).isEqualTo(36_000);
    assertThat(cell.sizes().time().multipliedBy(36_000)).as("estimated").isEqualTo(HOUR);
  }

  @Test
  void whatCannotBeIsSaid() {
    assertRefused(
        () -> soak(Duration.ofSeconds(20), Optional.empty(), READ, READ, READ),
        "--soak 20s: 3 rows of 6666666.666us make 6 windows; accepted: 10 or more, so 30s, fewer"
            + " rows, or a shorter -r");
    assertRefused(
        () -> soak(HOUR, Optional.of(Duration.ofSeconds(1)), READ),
        "--soak 3600s: 1 row of 3600s make 3600 windows of 1s; accepted: at most 2000, so a longer"
            + " -r");
    Cell known = schedule("duration=30m");
    assertRefused(
        () ->
            soak(
                HOUR,
                Optional.empty(),
                known.withSizes(known.sizes().withTime(Duration.ofMinutes(30)))),
        "--soak 3600s: a schedule of OpenLoopBenchmark.read takes 1800s; accepted: at most 360s");
    assertRefused(
        () ->
            soak(
                HOUR,
                Optional.empty(),
                cell(benchmark("ReadBenchmark.read", OperationKind.READ), simulated())),
        "--soak 3600s: a model in virtual time does not age; accepted: what is measured");
  }

  private static void assertRefused(ThrowingCallable soak, String message) {
    assertThatThrownBy(soak).isInstanceOf(ConfigurationException.class).hasMessage(message);
  }
}
