package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RecordsTest {

  @Test
  void aRowWithErrorsIsFailedAndSaysOfWhatKind() {
    ResultRecord row = SampleRuns.entries().get(1).result();
    assertThat(row.status()).isEqualTo(ResultStatus.FAILED);
    assertThat(row.failure())
        .isEqualTo(
            new FailureRecord(
                FailureKind.TIMEOUT, "3 of 30 operations failed (timeout 2, not-found 1)"));
  }

  @Test
  void corruptionNamesTheFailureHoweverRare() {
    Map<FailureKind, Long> errors =
        new TreeMap<>(Map.of(FailureKind.TIMEOUT, 99L, FailureKind.CORRUPT, 1L));
    assertThat(FailureRecord.ofErrors(errors, 200).kind()).isEqualTo(FailureKind.CORRUPT);
  }

  @Test
  void aFailureIsWhatTheExceptionSays() {
    assertThat(FailureRecord.of(OperationException.light(FailureKind.TIMEOUT, "after 5 s")))
        .isEqualTo(new FailureRecord(FailureKind.TIMEOUT, "after 5 s"));
    assertThat(FailureRecord.of(new IllegalStateException("a\n\tb")))
        .isEqualTo(new FailureRecord(FailureKind.INTERNAL, "IllegalStateException: a b"));
    assertThat(FailureRecord.of(new NullPointerException()).message())
        .isEqualTo("NullPointerException");
  }

  @Test
  void aRowWithErrorsCannotBeMadeOk() {
    ResultRecord row = SampleRuns.entries().get(1).result();
    assertThatThrownBy(
            () ->
                new ResultRecord(
                    row.benchmark(),
                    row.qualifiedName(),
                    row.jmhMode(),
                    row.params(),
                    row.fidelity(),
                    null,
                    row.target(),
                    row.network(),
                    ResultStatus.OK,
                    null,
                    row.forks(),
                    row.metrics(),
                    null,
                    List.of()))
        .hasMessage("StatBenchmark.stat has errors and cannot be ok");
  }

  @Test
  void metricsHoldNoNumberThatJsonCannot() {
    assertThat(Metric.of(Double.NaN, "ns", Direction.LOWER, 0).value()).isNull();
    assertThatThrownBy(() -> new Metric(Double.NaN, "ns", Direction.LOWER, null, 0))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Metric(1.0, "ns", null, null, 0))
        .hasMessage("direction is missing");
  }

  @Test
  void errorsCannotOutnumberOperations() {
    assertThatThrownBy(
            () ->
                new IterationRecord(
                    0,
                    1,
                    Map.of(FailureKind.TIMEOUT, 2L),
                    0,
                    0,
                    0,
                    LatencySummary.EMPTY,
                    new TreeMap<>(),
                    new TreeMap<>()))
        .hasMessage("2 errors in 1 operations");
  }

  @Test
  void measurementsAreCopiedOnTheWayIn() {
    Histogram histogram = new Histogram(3);
    ForkMeasurement fork =
        ForkMeasurement.of(new ForkRecord(0, null, List.of()), histogram, Map.of("a", histogram));
    histogram.recordValue(1);
    assertThat(fork.latencyNanos().getTotalCount()).isZero();
    assertThat(fork.seriesNanos().get("a").getTotalCount()).isZero();
  }

  @Test
  void tagsOfAnyTextAreReadBackAndHoldNoDelimiter() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 500; round++) {
      RowKey row =
          new RowKey(
              "B." + text(random),
              random.nextBoolean() ? null : "thrpt",
              new TreeMap<>(Map.of("k" + text(random), text(random), text(random), "")),
              "n" + text(random));
      HistogramTag tag = new HistogramTag(row, random.nextInt(100), "stage.a-b");
      assertThat(tag.format()).doesNotContainAnyWhitespaces().doesNotContain(",");
      assertThat(HistogramTag.parse(tag.format())).isEqualTo(tag);
    }
  }

  @Test
  void aBrokenTagIsRefused() {
    for (String broken : List.of("", "a|b", "a||n|x|0|latency", "a||n||x|latency", "%||n||0|l")) {
      assertThatThrownBy(() -> HistogramTag.parse(broken))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String text(SplittableRandom random) {
    String alphabet = "aZ9 ,;=|%+\"\n\r\t\u00fc\u0130\u0663-_.~";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
