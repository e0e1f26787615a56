package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whether {@code tun} shows what the kernel's own netem shows: by how much one lost packet in a
 * hundred slows a transfer down under cubic, against bbr. Wants a kernel with netem.
 */
@Tag("acceptance")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class PacketBackendsAgreeIT {

  private static final int SEEDS = 10;

  /** The slow-down of one backend: geometric mean and its 95 % interval, over all seeds. */
  private record SlowDown(double lowest, double mean, double highest) {

    /** The intervals of Student's t, on the logarithms of the ratios. */
    static SlowDown of(double... ratios) {
      SummaryStatistics logs = new SummaryStatistics();
      for (double ratio : ratios) {
        logs.addValue(Math.log(ratio));
      }
      double half =
          new TDistribution(ratios.length - 1.0).inverseCumulativeProbability(0.975)
              * logs.getStandardDeviation()
              / Math.sqrt(ratios.length);
      return new SlowDown(
          Math.exp(logs.getMean() - half),
          Math.exp(logs.getMean()),
          Math.exp(logs.getMean() + half));
    }

    boolean overlaps(SlowDown other) {
      return lowest <= other.highest && other.lowest <= highest;
    }
  }

  @Test
  void lossSlowsCubicDownByAsMuch() throws IOException {
    LossyTransfer.needsBbr();
    SlowDown tun = slowDown("tun");
    SlowDown netem = slowDown("netem");

    assertThat(tun.overlaps(netem)).as(tun + " overlaps " + netem).isTrue();
  }

  private static SlowDown slowDown(String name) {
    LinkBackend backend = LinkBackends.load().named(name).orElseThrow();
    assumeTrue(backend.obstacle().isEmpty(), () -> backend.obstacle().orElseThrow().missing());
    double[] ratios =
        IntStream.rangeClosed(1, SEEDS).mapToDouble(seed -> ratio(backend, seed)).toArray();
    SlowDown slowDown = SlowDown.of(ratios);
    System.out.printf(
        Locale.ROOT,
        "%s: cubic takes %.1f (95 %%: %.1f to %.1f) times as long as bbr%n",
        name,
        slowDown.mean(),
        slowDown.lowest(),
        slowDown.highest());
    return slowDown;
  }

  private static double ratio(LinkBackend backend, int seed) {
    double cubic = new LossyTransfer(backend, "cubic").seconds(seed);
    double bbr = new LossyTransfer(backend, "bbr").seconds(seed);
    System.out.printf(
        Locale.ROOT,
        "%s, seed %d: 8 MiB, cubic %.1f s, bbr %.1f s%n",
        backend.name(),
        seed,
        cubic,
        bbr);
    return cubic / bbr;
  }
}
