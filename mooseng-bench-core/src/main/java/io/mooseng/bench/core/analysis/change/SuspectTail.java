package io.mooseng.bench.core.analysis.change;

import io.mooseng.bench.core.analysis.change.ChangePoints.Suspect;
import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.analysis.test.StudentT;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the last values, too few for a level of their own, are off the level they would belong
 * to: Student's t with the noise of that level alone, for the last 1 to 4 values each, the best of
 * these corrected for four looks (Bonferroni). For one value this is the prediction interval.
 */
final class SuspectTail {

  private static final int LONGEST = ChangePointDetector.LEAST_LEVEL - 1;
  private static final double ALPHA = 0.01;

  private SuspectTail() {}

  /**
   * @param level index at which the last level begins
   * @param offset to add to indices in the answer
   */
  static Optional<Suspect> of(double[] x, int level, int offset, double leastEffect) {
    Optional<Suspect> best = Optional.empty();
    for (int tail = 1; tail <= LONGEST; tail++) {
      int from = x.length - tail;
      if (from - level < ChangePointDetector.LEAST_LEVEL) {
        break;
      }
      Suspect suspect = suspect(x, level, from, offset);
      boolean convincing =
          suspect.p() <= ALPHA
              && Math.abs(suspect.effect()) >= leastEffect
              && sameSide(x, level, from);
      if (convincing && (best.isEmpty() || suspect.p() < best.get().p())) {
        best = Optional.of(suspect);
      }
    }
    return best;
  }

  private static Suspect suspect(double[] x, int level, int from, int offset) {
    Sample stable = Sample.of(Arrays.copyOfRange(x, level, from));
    Sample tail = Sample.of(Arrays.copyOfRange(x, from, x.length));
    double difference = tail.mean() - stable.mean();
    double error = stable.deviation() * Math.sqrt(1.0 / tail.n() + 1.0 / stable.n());
    double p;
    if (error == 0) {
      p = difference == 0 ? 1 : 0;
    } else {
      double t = Math.abs(difference) / error;
      p = Math.min(1, LONGEST * 2 * StudentT.upperTail(t, stable.n() - 1));
    }
    return new Suspect(from + offset, StrictMath.expm1(difference), p);
  }

  /** A tail of which one value alone is off is a spike with company. */
  private static boolean sameSide(double[] x, int level, int from) {
    double median = Sample.median(Arrays.copyOfRange(x, level, from));
    double side = Math.signum(x[x.length - 1] - median);
    for (int i = from; i < x.length; i++) {
      if (Math.signum(x[i] - median) != side) {
        return false;
      }
    }
    return true;
  }
}
