package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.Fidelity;
import java.util.List;
import java.util.SortedMap;

/**
 * What rows that differ in one parameter say together: how throughput depends on it.
 *
 * @param benchmark class and method
 * @param jmhMode as of its rows; null where JMH did not run
 * @param params of all of its rows, without {@code parameter}
 * @param network the network profile of its rows
 * @param parameter the one they differ in, such as {@code clients}
 * @param points in ascending order of {@code n}; only of rows that are ok
 * @param fit null if the points do not allow one; a note says why
 * @param notes what must be known to read it, one line each
 */
public record ScalabilityRecord(
    String benchmark,
    String jmhMode,
    SortedMap<String, String> params,
    String network,
    Fidelity fidelity,
    String parameter,
    List<Point> points,
    Fit fit,
    List<String> notes) {

  public ScalabilityRecord {
    Frozen.requireText("benchmark", benchmark);
    params = Frozen.sorted(Frozen.require("params", params));
    Frozen.requireText("network", network);
    Frozen.require("fidelity", fidelity);
    Frozen.requireText("parameter", parameter);
    points = List.copyOf(Frozen.require("points", points));
    notes = List.copyOf(Frozen.require("notes", notes));
  }

  /**
   * One point of a curve.
   *
   * @param n value of the parameter
   * @param throughput operations per second
   */
  public record Point(double n, double throughput) {

    public Point {
      Frozen.requireFinite("n", n);
      Frozen.requireFinite("throughput", throughput);
    }
  }

  /**
   * The Universal Scalability Law as it was fitted: {@code lambda n / (1 + sigma (n - 1) + kappa n
   * (n - 1))}.
   *
   * @param lambda throughput at 1, in operations per second
   * @param sigma contention, 0 to 1
   * @param kappa coherency, 0 to 1
   * @param peak where throughput is highest; null if the points do not tell
   * @param r2 coefficient of determination; null if all throughputs are the same
   * @param residual root mean square of the relative differences
   */
  public record Fit(
      double lambda, double sigma, double kappa, Point peak, Double r2, double residual) {

    public Fit {
      Frozen.requireFinite("lambda", lambda);
      Frozen.requireFinite("sigma", sigma);
      Frozen.requireFinite("kappa", kappa);
      Frozen.requireFinite("r2", r2);
      Frozen.requireFinite("residual", residual);
      boolean shares = sigma >= 0 && sigma <= 1 && kappa >= 0 && kappa <= 1;
      if (lambda <= 0 || !shares || residual < 0) {
        throw new IllegalArgumentException(
            "lambda "
                + lambda
                + ", sigma "
                + sigma
                + ", kappa "
                + kappa
                + ", residual "
                + residual);
      }
    }
  }
}
