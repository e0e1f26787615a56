package io.mooseng.bench.core.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The Universal Scalability Law that comes nearest to measured points.
 *
 * <p>Turned upside down the law is linear in its costs:
 *
 * <pre>N / X = a + b (N - 1) + c N (N - 1)   with lambda = 1 / a, sigma = b / a, kappa = c / a
 * </pre>
 *
 * <p>so that the best one is found directly, without a first guess and without local minima. It is
 * the one that makes the sum of {@code (X measured / X of the law - 1)^2} least: of relative
 * differences, since throughput scatters in proportion to its size.
 *
 * <p>That sigma and kappa are between 0 and 1 means that N / X is a sum of its four extreme forms
 * (each of the two 0 or 1) with weights that are not negative. Least squares with such weights have
 * their solution where only some are not 0, and those solve the problem without bounds (C. L.
 * Lawson, R. J. Hanson, <i>Solving Least Squares Problems</i>, 1974, chapter 23); the four forms
 * span three dimensions, so at most three are needed, and all choices of up to three are tried.
 *
 * @param law the law
 * @param r2 coefficient of determination of the throughputs themselves: the share of their variance
 *     that the law explains, negative if their mean would be nearer; null if they are all the same
 * @param residual root of the mean square of the relative differences; 0.05 is 5 %
 */
public record ScalabilityFit(UniversalScalabilityLaw law, Double r2, double residual) {

  /** Fewer would leave nothing to tell the fit from its points. */
  public static final int FEWEST_POINTS = 4;

  /** The extreme forms of N / X, for a lambda of 1, by number. */
  private static final int FORMS = 4;

  private static final int MOST_USED = 3;

  /**
   * What was measured.
   *
   * @param n clients, or operations under way at once; at least 1
   * @param throughput in operations per second, more than 0
   */
  public record Point(double n, double throughput) {

    public Point {
      boolean finite = Double.isFinite(n) && Double.isFinite(throughput);
      if (!finite || n < 1 || throughput <= 0) {
        throw new IllegalArgumentException(throughput + " op/s at " + n + " clients");
      }
    }
  }

  /**
   * Fits the law.
   *
   * @throws IllegalArgumentException if there are fewer than {@value #FEWEST_POINTS} different N
   */
  public static ScalabilityFit of(List<Point> points) {
    long different = points.stream().mapToDouble(Point::n).distinct().count();
    if (different < FEWEST_POINTS) {
      throw new IllegalArgumentException(
          "a fit needs " + FEWEST_POINTS + " different numbers of clients, there are " + different);
    }
    double[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int used = 1; used < 1 << FORMS; used++) {
      if (Integer.bitCount(used) > MOST_USED) {
        continue;
      }
      double[] weights = solve(points, used);
      if (weights != null && sumOfSquares(points, weights) < least) {
        least = sumOfSquares(points, weights);
        best = weights;
      }
    }
    UniversalScalabilityLaw law = law(best);
    return new ScalabilityFit(law, r2(points, law), Math.sqrt(least / points.size()));
  }

  /** N / X for a lambda of 1: bit 0 of the form is sigma, bit 1 is kappa. */
  private static double form(int form, double n) {
    return 1 + (form & 1) * (n - 1) + (form >> 1) * n * (n - 1);
  }

  private static UniversalScalabilityLaw law(double[] weights) {
    double a = weights[0] + weights[1] + weights[2] + weights[3];
    return new UniversalScalabilityLaw(
        1 / a, (weights[1] + weights[3]) / a, (weights[2] + weights[3]) / a);
  }

  /**
   * Least squares without bounds.
   *
   * @param used a bit for each form that may have a weight
   * @return the weights of all forms; null if one would be negative
   */
  private static double[] solve(List<Point> points, int used) {
    int[] forms = IntStream.range(0, FORMS).filter(form -> (used >> form & 1) == 1).toArray();
    RealMatrix columns = new Array2DRowRealMatrix(points.size(), forms.length);
    double[] scale = new double[forms.length];
    for (int column = 0; column < forms.length; column++) {
      RealVector ratios = new ArrayRealVector(points.size());
      for (int row = 0; row < points.size(); row++) {
        ratios.setEntry(row, ratio(forms[column], points.get(row)));
      }
      // Of one magnitude, so that the decomposition can tell what is singular.
      scale[column] = ratios.getMaxValue();
      columns.setColumnVector(column, ratios.mapDivide(scale[column]));
    }
    RealVector solution =
        new QRDecomposition(columns).getSolver().solve(new ArrayRealVector(points.size(), 1.0));
    double[] weights = new double[FORMS];
    for (int column = 0; column < forms.length; column++) {
      weights[forms[column]] = solution.getEntry(column) / scale[column];
    }
    return Arrays.stream(weights).allMatch(weight -> weight >= 0) ? weights : null;
  }

  /** X measured / X of a form, for a lambda of 1. */
  private static double ratio(int form, Point point) {
    return point.throughput() / point.n() * form(form, point.n());
  }

  private static double sumOfSquares(List<Point> points, double[] weights) {
    double sum = 0;
    for (Point point : points) {
      double ratio = 0;
      for (int form = 0; form < FORMS; form++) {
        ratio += weights[form] * ratio(form, point);
      }
      sum += square(ratio - 1);
    }
    return sum;
  }

  private static Double r2(List<Point> points, UniversalScalabilityLaw law) {
    double mean = points.stream().mapToDouble(Point::throughput).average().orElseThrow();
    double all = 0;
    double left = 0;
    for (Point point : points) {
      all += square(point.throughput() - mean);
      left += square(point.throughput() - law.throughput(point.n()));
    }
    boolean varies = points.stream().mapToDouble(Point::throughput).distinct().count() > 1;
    return varies ? (Double) (1 - left / all) : null;
  }

  private static double square(double value) {
    return value * value;
  }
}
