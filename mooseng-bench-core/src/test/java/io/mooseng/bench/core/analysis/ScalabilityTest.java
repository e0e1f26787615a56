package io.mooseng.bench.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.SampleRuns;
import io.mooseng.bench.core.result.ScalabilityRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ScalabilityTest {

  private static final int[] CLIENTS = {1, 5, 10, 25, 50, 100};

  private RunRecord run = RunRecord.begun(SampleRuns.header());

  private void add(String name, Map<String, String> params, double throughput) {
    run = run.with(SampleRuns.row(name, params, throughput));
  }

  private void addClients(String target, IntToDoubleFunction throughput, int... clients) {
    for (int n : clients) {
      add(
          "file.ClientsBenchmark.stat",
          Map.of("clients", "" + n, "size", "4KB", "target", target),
          throughput.applyAsDouble(n));
    }
  }

  private static IntToDoubleFunction law(double lambda, double sigma, double kappa) {
    return n -> new UniversalScalabilityLaw(lambda, sigma, kappa).throughput(n);
  }

  private ScalabilityRecord only() {
    List<ScalabilityRecord> found = Scalability.of(run, 1);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void rowsThatDifferInClientsAreOneCurve() {
    addClients("t1", law(1_000, 0.04, 0.001), 50, 1, 100, 5, 25, 10);
    ScalabilityRecord curve = only();
    assertThat(curve.benchmark()).isEqualTo("ClientsBenchmark.stat");
    assertThat(curve.parameter()).isEqualTo("clients");
    assertThat(curve.params()).isEqualTo(new TreeMap<>(Map.of("size", "4KB", "target", "t1")));
    assertThat(curve.points())
        .extracting(ScalabilityRecord.Point::n)
        .containsExactly(1.0, 5.0, 10.0, 25.0, 50.0, 100.0);
    assertThat(curve.fit().lambda()).isCloseTo(1_000, within(0.1));
    assertThat(curve.fit().sigma()).isCloseTo(0.04, within(1e-5));
    assertThat(curve.fit().kappa()).isCloseTo(0.001, within(1e-6));
    assertThat(curve.fit().peak().n()).isCloseTo(Math.sqrt(0.96 / 0.001), within(0.1));
    assertThat(curve.notes()).isEmpty();
  }

  @Test
  void targetsAndOtherParametersAreCurvesOfTheirOwn() {
    addClients("t1", law(1_000, 0.04, 0.001), CLIENTS);
    addClients("t2", law(500, 0, 0), CLIENTS);
    for (int n : CLIENTS) {
      add("file.ConcurrencyBenchmark.read", Map.of("inFlight", "" + n), 100 + n);
    }
    assertThat(Scalability.of(run, 1))
        .extracting(curve -> curve.benchmark() + curve.params().get("target"))
        .containsExactly(
            "ClientsBenchmark.statt1", "ClientsBenchmark.statt2", "ConcurrencyBenchmark.readnull");
  }

  /** Their throughput is what the schedule asked for, whatever the target does. */
  @Test
  void rowsOfASchedulesRateAreNoCurve() {
    for (int n : CLIENTS) {
      Map<String, String> params = Map.of("inFlight", "" + n, "rate", "1000/s");
      Map<String, Double> asked = Map.of(Quantity.ASKED_RATE.label(), 1_000.0);
      run = run.with(SampleRuns.row("file.OpenLoopBenchmark.read", params, 1_000, asked));
    }
    assertThat(Scalability.of(run, 1)).isEmpty();
  }

  /** Then {@code inFlight} is not how many operations are under way. */
  @Test
  void severalThreadsOrClientsAreNoCurveByInFlight() {
    for (int n : CLIENTS) {
      add("file.ConcurrencyBenchmark.read", Map.of("inFlight", "" + n), 100 + n);
    }
    assertThat(Scalability.of(run, 1)).hasSize(1);
    assertThat(Scalability.of(run, 2)).isEmpty();
    run = RunRecord.begun(SampleRuns.header());
    for (int n : CLIENTS) {
      Map<String, String> params = Map.of("inFlight", "" + n, "clients", "10");
      add("file.ClientsBenchmark.read", params, 100 + n);
    }
    assertThat(Scalability.of(run, 1)).isEmpty();
  }

  @Test
  void threeValuesAreNoCurve() {
    addClients("t1", law(1_000, 0.04, 0.001), 1, 25, 500);
    assertThat(Scalability.of(run, 1)).isEmpty();
  }

  @Test
  void fewPointsAreFittedAndSaid() {
    addClients("t1", law(1_000, 0.04, 0.001), 1, 10, 25, 100);
    assertThat(only().fit()).isNotNull();
    assertThat(only().notes()).containsExactly("a fit to 4 points: 6 or more are to be relied on");
  }

  @Test
  void failedRowsAreLeftOut() {
    addClients("t1", law(1_000, 0.04, 0.001), CLIENTS);
    addClients("t1", n -> 0, 250, 500);
    assertThat(only().points()).hasSize(6);
    assertThat(only().fit()).isNotNull();
    assertThat(only().notes()).containsExactly("2 of 8 rows failed and are left out");
  }

  @Test
  void withTooFewThatAreOkThereIsNoFit() {
    addClients("t1", n -> n < 10 ? n : 0, CLIENTS);
    assertThat(only().fit()).isNull();
    assertThat(only().points()).hasSize(2);
    assertThat(only().notes())
        .containsExactly(
            "4 of 6 rows failed and are left out",
            "no fit: it needs 4 values of clients, there are 2");
  }

  @Test
  void aPeakBeyondWhatWasMeasuredIsCalledSo() {
    addClients("t1", law(1_000, 0.01, 0.00002), CLIENTS);
    assertThat(only().fit().peak().n()).isGreaterThan(100);
    assertThat(only().notes())
        .containsExactly("the peak is an extrapolation: nothing was measured beyond clients=100");
  }

  @Test
  void withoutCoherencyThereIsNoPeakButALimit() {
    addClients("t1", law(1_000, 0.25, 0), CLIENTS);
    assertThat(only().fit().peak()).isNull();
    assertThat(only().notes())
        .containsExactly(
            "no peak up to clients=100 that stands out from the scatter; sigma alone would limit"
                + " throughput to 4,000 op/s");
  }

  @Test
  void proportionHasNeitherPeakNorLimit() {
    addClients("t1", n -> 200 * n, CLIENTS);
    assertThat(only().fit().peak()).isNull();
    assertThat(only().fit().r2()).isCloseTo(1, within(1e-9));
    assertThat(only().notes()).containsExactly("no peak up to clients=100, nor a limit");
  }

  /** The coherency that scatter of 5 % lets a fit find is no peak. */
  @Test
  void aPeakThatDoesNotStandOutFromTheScatterIsNone() {
    double[] scatter = {1.05, 0.95, 1.05, 0.95, 1.05, 0.96};
    for (int i = 0; i < CLIENTS.length; i++) {
      double factor = scatter[i];
      addClients("t1", n -> law(1_000, 0.2, 0).applyAsDouble(n) * factor, CLIENTS[i]);
    }
    assertThat(only().fit().peak()).isNull();
    assertThat(only().notes()).singleElement().asString().contains("stands out from the scatter");
  }

  @Test
  void whatTheLawDoesNotDescribeIsSaid() {
    double[] wild = {100, 5_000, 90, 7_000, 80, 9_000};
    for (int i = 0; i < CLIENTS.length; i++) {
      double throughput = wild[i];
      addClients("t1", n -> throughput, CLIENTS[i]);
    }
    assertThat(only().fit().peak()).isNull();
    assertThat(only().notes())
        .singleElement()
        .asString()
        .matches("the law does not describe these points: they are \\d+ % off it on average, .*");
  }
}
