package io.mooseng.bench.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.load.VirtualServer.Served;
import io.mooseng.bench.core.model.ArrivalProcess;
import io.mooseng.bench.core.model.LatencyObjective;
import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.model.ScheduleLength;
import io.mooseng.bench.core.simulation.EventQueue;
import io.mooseng.bench.core.workload.arrival.ArrivalSchedule;
import io.mooseng.bench.core.workload.arrival.Arrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server with one place and a fixed service time (M/D/1), in virtual time. */
class RateSearchTest {

  private static final long SEED = 7;

  private final List<Rate> rates = new ArrayList<>();
  private final List<Duration> lengths = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /** A schedule against the server, each in a virtual time of its own. */
  private RateSearch.Probe probe(
      ArrivalProcess process, int inFlight, long serviceNanos, Rate rate, Duration length)
      throws InterruptedException {
    rates.add(rate);
    lengths.add(length);
    EventQueue events = new EventQueue();
    VirtualServer server = new VirtualServer(events, 1, i -> serviceNanos);
    LoadOutcome outcome =
        new OpenLoop(new VirtualPacing(events), inFlight)
            .run(schedule(process, rate, length).arrivals(), length, server);
    Histogram responses = new Histogram(3);
    server.served().stream().mapToLong(Served::responseNanos).forEach(responses::recordValue);
    return new RateSearch.Probe(outcome, responses, 0);
  }

  private static ArrivalSchedule schedule(ArrivalProcess process, Rate rate, Duration length) {
    return new LoadShape(
            new RateChoice.Fixed(rate), process, new ScheduleLength(length), Integer.MAX_VALUE)
        .schedule(rate, length, SEED);
  }

  private RateSearch.Result search(String objective, Duration length, RateSearch.Prober prober)
      throws InterruptedException {
    return new RateSearch(LatencyObjective.parse(objective), length, prober, lines::add).run();
  }

  /** By Lindley's recursion, without any of the code that is tested. */
  private static long percentileByHand(
      ArrivalSchedule schedule, long serviceNanos, double percentile) {
    Arrivals arrivals = schedule.arrivals();
    List<Long> responses = new ArrayList<>();
    long before = 0;
    long response = 0;
    for (long at = arrivals.next(); at != Arrivals.END; at = arrivals.next()) {
      response = Math.max(0, response - (at - before)) + serviceNanos;
      before = at;
      responses.add(response);
    }
    long[] sorted = responses.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[(int) Math.ceil(sorted.length * percentile / 100) - 1];
  }

  /** The highest rate, in steps of 0.5 % from the lowest, up to which all meet the objective. */
  private static double highestByHand(
      LatencyObjective objective, Duration length, long service, double lowest) {
    double rate = lowest;
    while (objective.isMetBy(
        percentileByHand(
            schedule(ArrivalProcess.POISSON, new Rate((long) (rate * 1.005 * 1_000)), length),
            service,
            objective.percentile()))) {
      rate *= 1.005;
    }
    return rate;
  }

  @ParameterizedTest
  @CsvSource({
    // Service times that put the maximum below, near and above the rate the search begins with.
    "p99<20ms, 1000",
    "p99<3ms, 1000",
    "p50<1.5ms, 1000",
    "p99.9<40ms, 1000",
    "p99<100ms, 9000",
    "p99<2ms, 100",
    "p90<500us, 200"
  })
  void findsTheMaximumOfAQueue(String text, long serviceMicros) throws Exception {
    LatencyObjective objective = LatencyObjective.parse(text);
    long service = serviceMicros * 1_000;
    // As many operations, at most, whatever the server's speed.
    Duration length = Duration.ofNanos(service * 100_000);
    RateSearch.Result result =
        search(
            text,
            length,
            (rate, part) -> probe(ArrivalProcess.POISSON, Integer.MAX_VALUE, service, rate, part));
    Rate found = result.rate().orElseThrow();
    assertThat(
            percentileByHand(
                schedule(ArrivalProcess.POISSON, found, length), service, objective.percentile()))
        .as("what is reported was confirmed")
        .isLessThan(objective.limit().toNanos());
    double highest = highestByHand(objective, length, service, found.operationsPerSecond() * 0.8);
    assertThat(found.operationsPerSecond() / highest).isBetween(0.90, 1.05);
    assertThat(rates.get(rates.size() - 1)).isEqualTo(found);
    assertThat(lengths.get(lengths.size() - 1)).isEqualTo(length);
    assertThat(result.confirmation().lengthNanos()).isEqualTo(length.toNanos());
    assertThat(result.remark()).isEmpty();
    assertThat(lines).hasSameSizeAs(rates);
  }

  @Test
  void aConstantRateIsFoundToFivePerCent() throws Exception {
    // Without chance: up to 1,000/s every response takes 1 ms, beyond it they grow without end.
    RateSearch.Result result =
        search(
            "p99<2ms",
            Duration.ofSeconds(50),
            (rate, part) ->
                probe(ArrivalProcess.CONSTANT, Integer.MAX_VALUE, 1_000_000, rate, part));
    assertThat(result.rate().orElseThrow().operationsPerSecond()).isBetween(950.0, 1_000.0);
    assertThat(rates.subList(0, 5))
        .extracting(Rate::operationsPerSecond)
        .containsExactly(100.0, 200.0, 400.0, 800.0, 1_600.0);
    assertThat(lengths).contains(Duration.ofSeconds(10));
  }

  @Test
  void aRateThatIsNotKeptIsNotGoodEnoughWhateverTheLatency() throws Exception {
    // One at a time: response times of what is started may be long, but the limit is longer.
    RateSearch.Result result =
        search(
            "p50<1h",
            Duration.ofSeconds(20),
            (rate, part) -> probe(ArrivalProcess.CONSTANT, 1, 2_000_000, rate, part));
    assertThat(result.rate().orElseThrow().operationsPerSecond()).isBetween(475.0, 501.0);
  }

  @Test
  void theLowestRateThatCanBeJudgedMayFail() throws Exception {
    RateSearch.Result result =
        search(
            "p99<20ms",
            Duration.ofSeconds(10),
            (rate, part) ->
                probe(ArrivalProcess.CONSTANT, Integer.MAX_VALUE, 50_000_000, rate, part));
    assertThat(result.rate()).isEmpty();
    assertThat(rates).containsOnly(Rate.perSecond(100));
    assertThat(result.remark().orElseThrow())
        .startsWith(
            "no rate found: even at 100 op/s, the lowest that 10.0 s of schedule can judge,"
                + " p99 was ");
  }

  @Test
  void goesDownWhereItBeganTooHigh() throws Exception {
    RateSearch.Result result =
        search(
            "p50<1s",
            Duration.ofSeconds(100),
            (rate, part) ->
                probe(ArrivalProcess.CONSTANT, Integer.MAX_VALUE, 300_000_000, rate, part));
    assertThat(result.rate().orElseThrow().operationsPerSecond()).isBetween(3.1, 3.34);
  }

  @Test
  void aLimitOfTheClientIsSaid() throws Exception {
    RateSearch.Result result =
        search(
            "p99<1s",
            Duration.ofSeconds(1),
            (rate, part) -> {
              long scheduled = (long) (rate.operationsPerSecond() * part.toNanos() / 1e9);
              long started = Math.min(scheduled, 5_000 * part.toNanos() / 1_000_000_000);
              Histogram responses = new Histogram(3);
              responses.recordValue(1);
              return new RateSearch.Probe(
                  new LoadOutcome(scheduled, started, part.toNanos(), 0, 0, 1), responses, 0);
            });
    assertThat(result.rate().orElseThrow().operationsPerSecond()).isBetween(4_750.0, 5_005.0);
    assertThat(result.remark().orElseThrow())
        .startsWith("limited by the client, not the target, which may take more: at ");
  }

  @Test
  void theHighestRateThereIsMayBeGoodEnough() throws Exception {
    RateSearch.Result result =
        search("p99<1s", Duration.ofSeconds(1), (rate, part) -> fine(rate, part, 0));
    assertThat(result.rate()).contains(RateSearch.HIGHEST);
    assertThat(result.remark())
        .contains("the highest rate there is was good enough; the target may take more");
  }

  private static RateSearch.Probe fine(Rate rate, Duration part, long failures) {
    long scheduled = (long) (rate.operationsPerSecond() * part.toNanos() / 1e9);
    Histogram responses = new Histogram(3);
    responses.recordValue(1_000);
    return new RateSearch.Probe(
        new LoadOutcome(scheduled, scheduled, part.toNanos(), 0, 0, 1), responses, failures);
  }

  @Test
  void oneHiccupIsNoLimitAndAFailedOperationIs() throws Exception {
    int[] probes = new int[1];
    RateSearch.Result result =
        search(
            "p99<1s",
            Duration.ofSeconds(10),
            (rate, part) -> {
              boolean hiccup = ++probes[0] == 2;
              boolean beyond = rate.operationsPerSecond() > 3_000;
              return fine(rate, part, hiccup || beyond ? 1 : 0);
            });
    assertThat(result.rate().orElseThrow().operationsPerSecond()).isBetween(2_850.0, 3_000.0);
    assertThat(lines.get(1)).contains("1 of 1,000 operations failed");
  }

  @Test
  void aRateThatHoldsOnlyForAShortTimeIsLowered() throws Exception {
    Duration length = Duration.ofSeconds(10);
    RateSearch.Result result =
        search(
            "p99<1s",
            length,
            (rate, part) ->
                fine(
                    rate,
                    part,
                    rate.operationsPerSecond() > (part.equals(length) ? 700 : 1_000) ? 1 : 0));
    assertThat(result.rate().orElseThrow().operationsPerSecond()).isBetween(660.0, 700.0);
  }

  @Test
  void whatHoldsOnlyForAShortTimeMayNeverBeConfirmed() throws Exception {
    Duration length = Duration.ofSeconds(100);
    RateSearch.Result result =
        search("p99<1s", length, (rate, part) -> fine(rate, part, part.equals(length) ? 1 : 0));
    assertThat(result.rate()).isEmpty();
    assertThat(result.remark().orElseThrow())
        .startsWith("no rate found: at ")
        .contains("which was good enough for short schedules, one of 100.0 s");
  }
}
