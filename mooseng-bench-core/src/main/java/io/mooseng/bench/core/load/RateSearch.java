package io.mooseng.bench.core.load;

import io.mooseng.bench.core.model.LatencyObjective;
import io.mooseng.bench.core.model.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Searches the highest rate at which a target keeps a latency objective.
 *
 * <p>Short schedules first: the rate is doubled until one is not good enough, or halved until one
 * is, and then bisected until two rates less than 5 % apart are known of which the lower is good
 * enough and the higher is not. A rate is not good enough when it fails twice in a row: one hiccup
 * of the machine is no limit of the target. Then the lower one is confirmed by a schedule of full
 * length, and lowered by 5 % as often as that fails; only that schedule is to be reported.
 *
 * <p>A rate is good enough if the schedule was kept ({@link LoadOutcome#sustained}), no operation
 * failed, and the percentile of the response times, from the intended starts, is below the limit.
 */
public final class RateSearch {

  /** The highest rate there is. */
  public static final Rate HIGHEST = Rate.perSecond(1_000_000);

  /** Where a search begins, if the objective can be judged there. */
  public static final Rate START = Rate.perSecond(100);

  /** How close the search comes to the rate that is not good enough. */
  private static final double PRECISION = 1.05;

  /** A probe is this part of the full length, if that is no shorter than {@link #SHORTEST}. */
  private static final int PROBES_PER_LENGTH = 5;

  /** In less time, a hiccup of the machine looks like a limit of the target. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** So many probes are usual: ten to double, four to bisect, and those that are repeated. */
  private static final int USUAL_PROBES = 20;

  /** Rates are tried with so many digits: more would pretend a precision the search has not. */
  private static final MathContext DIGITS = new MathContext(3);

  private static final int MOST_CONFIRMATIONS = 12;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LatencyObjective objective;
  private final Duration length;
  private final Prober prober;
  private final Consumer<String> progress;

  /** Offers operations at a rate. */
  @FunctionalInterface
  public interface Prober {
    /** Runs one schedule; what earlier ones recorded is forgotten. */
    Probe run(Rate rate, Duration length) throws InterruptedException;
  }

  /**
   * What one schedule showed.
   *
   * @param responseNanos from the intended starts, of the operations that succeeded
   * @param failures operations that failed
   */
  public record Probe(LoadOutcome outcome, Histogram responseNanos, long failures) {}

  /**
   * What the search found.
   *
   * @param rate the highest that is good enough, confirmed at full length; empty if there is none
   * @param confirmation the schedule that ran last: the one at that rate, if there is one
   * @param remark what must be known of it, in one line
   */
  public record Result(Optional<Rate> rate, LoadOutcome confirmation, Optional<String> remark) {}

  /**
   * @param length of the schedule that confirms
   * @param progress told of each schedule, in one line
   */
  public RateSearch(
      LatencyObjective objective, Duration length, Prober prober, Consumer<String> progress) {
    this.objective = objective;
    this.length = length;
    this.prober = prober;
    this.progress = progress;
  }

  /** What is known of a rate that was tried; {@code why} is empty if it is good enough. */
  private record Verdict(Rate rate, LoadOutcome outcome, String why) {
    boolean good() {
      return why.isEmpty();
    }
  }

  /** About how long a search takes. */
  static Duration expected(Duration length) {
    return length.plus(probeLength(length).multipliedBy(USUAL_PROBES));
  }

  private static Duration probeLength(Duration length) {
    Duration part = length.dividedBy(PROBES_PER_LENGTH);
    Duration least = length.compareTo(SHORTEST) < 0 ? length : SHORTEST;
    return part.compareTo(least) < 0 ? least : part;
  }

  /** Searches. */
  public Result run() throws InterruptedException {
    Rate lowest = lowest();
    Verdict tried = probe(lowest.compareTo(START) > 0 ? lowest : START);
    Verdict good = tried.good() ? tried : null;
    Verdict bad = tried.good() ? null : tried;
    while (bad == null && good.rate().compareTo(HIGHEST) < 0) {
      tried = probe(least(HIGHEST, times(good.rate(), 2)));
      good = tried.good() ? tried : good;
      bad = tried.good() ? null : tried;
    }
    while (good == null && bad.rate().compareTo(lowest) > 0) {
      tried = probe(most(lowest, times(bad.rate(), 0.5)));
      good = tried.good() ? tried : null;
      bad = tried.good() ? bad : tried;
    }
    if (good == null) {
      return new Result(
          Optional.empty(),
          bad.outcome(),
          Optional.of(
              "no rate found: even at %s, the lowest that %s of schedule can judge, %s"
                  .formatted(text(bad.rate()), seconds(length), bad.why())));
    }
    return confirm(bad == null ? new Bounds(good, null) : bisect(good, bad), lowest);
  }

  /** The highest rate known to be good enough, and the lowest known not to be, if there is one. */
  private record Bounds(Verdict good, Verdict bad) {}

  private Bounds bisect(Verdict low, Verdict high) throws InterruptedException {
    Verdict good = low;
    Verdict bad = high;
    while ((double) bad.rate().perThousandSeconds() / good.rate().perThousandSeconds()
        > PRECISION) {
      double middle =
          Math.sqrt((double) good.rate().perThousandSeconds() * bad.rate().perThousandSeconds());
      Rate rate = rounded(middle);
      if (rate.compareTo(good.rate()) <= 0 || rate.compareTo(bad.rate()) >= 0) {
        break;
      }
      Verdict tried = probe(rate);
      good = tried.good() ? tried : good;
      bad = tried.good() ? bad : tried;
    }
    return new Bounds(good, bad);
  }

  private Result confirm(Bounds bounds, Rate lowest) throws InterruptedException {
    Rate rate = bounds.good().rate();
    Verdict limit = bounds.bad();
    for (int i = 0; ; i++) {
      Verdict verdict = judge(rate, length);
      if (verdict.good()) {
        return new Result(Optional.of(rate), verdict.outcome(), remark(limit));
      }
      limit = verdict;
      if (i + 1 == MOST_CONFIRMATIONS || rate.compareTo(lowest) <= 0) {
        return new Result(
            Optional.empty(),
            verdict.outcome(),
            Optional.of(
                "no rate found: at %s, which was good enough for short schedules, one of %s %s"
                    .formatted(text(rate), seconds(length), verdict.why())));
      }
      rate = most(lowest, times(rate, 1 / PRECISION));
    }
  }

  private static Optional<String> remark(Verdict limit) {
    if (limit == null) {
      return Optional.of("the highest rate there is was good enough; the target may take more");
    }
    if (limit.outcome().limitedByClient()) {
      return Optional.of(
          "limited by the client, not the target, which may take more: at %s %s"
              .formatted(text(limit.rate()), limit.why()));
    }
    return Optional.empty();
  }

  /** Below this rate, even a schedule of full length has too few operations to judge. */
  private Rate lowest() {
    double perSecond = objective.requiredSamples() * NANOS_PER_SECOND / length.toNanos();
    return new Rate((long) Math.ceil(perSecond * MILLIS_PER_SECOND));
  }

  private Verdict probe(Rate rate) throws InterruptedException {
    double enough = objective.requiredSamples() * NANOS_PER_SECOND / rate.operationsPerSecond();
    long nanos = (long) Math.ceil(Math.max(probeLength(length).toNanos(), enough));
    Duration part = Duration.ofNanos(Math.min(length.toNanos(), nanos));
    Verdict first = judge(rate, part);
    return first.good() ? first : judge(rate, part);
  }

  private Verdict judge(Rate rate, Duration part) throws InterruptedException {
    Probe probe = prober.run(rate, part);
    Verdict verdict = new Verdict(rate, probe.outcome(), whyNot(probe));
    progress.accept(
        "highest rate: at %s for %s %s"
            .formatted(text(rate), seconds(part), verdict.good() ? shown(probe) : verdict.why()));
    return verdict;
  }

  private String whyNot(Probe probe) {
    if (probe.failures() > 0) {
      return String.format(
          Locale.ROOT, "%,d of %,d operations failed", probe.failures(), probe.outcome().started());
    }
    if (!probe.outcome().sustained()) {
      return "the schedule was " + probe.outcome().warning().orElseThrow();
    }
    return objective.isMetBy(atPercentile(probe)) ? "" : shown(probe);
  }

  private long atPercentile(Probe probe) {
    return probe.responseNanos().getValueAtPercentile(objective.percentile());
  }

  private String shown(Probe probe) {
    return String.format(
        Locale.ROOT,
        "%s was %.3f ms",
        objective.toString().replaceFirst("<.*", ""),
        atPercentile(probe) / 1e6);
  }

  private static Rate times(Rate rate, double factor) {
    return rounded(rate.perThousandSeconds() * factor);
  }

  private static Rate rounded(double perThousandSeconds) {
    long whole = new BigDecimal(perThousandSeconds).round(DIGITS).longValue();
    return new Rate(Math.max(1, Math.min(HIGHEST.perThousandSeconds(), whole)));
  }

  private static Rate least(Rate one, Rate other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Rate most(Rate one, Rate other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String text(Rate rate) {
    return rate.toString().replace("/s", " op/s");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / NANOS_PER_SECOND);
  }
}
