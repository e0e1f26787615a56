package io.mooseng.bench.core.analysis;

import java.util.OptionalDouble;

/**
 * How throughput X depends on the number N of clients:
 *
 * <pre>X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))</pre>
 *
 * <p>(N. J. Gunther, <i>Guerrilla Capacity Planning</i>, Springer 2007, chapter 6; in this form,
 * with the throughput of one client as a parameter, B. Schwartz, <i>Practical Scalability Analysis
 * with the Universal Scalability Law</i>, 2015.)
 *
 * @param lambda throughput of one client, in operations per second
 * @param sigma contention, 0 to 1: the share of the work that is done for one client at a time; at
 *     1 more clients gain nothing
 * @param kappa coherency, 0 to 1: what each client costs each other one, as a share of the work;
 *     beyond a peak it lets throughput fall
 */
public record UniversalScalabilityLaw(double lambda, double sigma, double kappa) {

  public UniversalScalabilityLaw {
    boolean shares = sigma >= 0 && sigma <= 1 && kappa >= 0 && kappa <= 1;
    if (!(lambda > 0) || Double.isInfinite(lambda) || !shares) {
      throw new IllegalArgumentException(
          "lambda " + lambda + ", sigma " + sigma + ", kappa " + kappa);
    }
  }

  /** Operations per second that {@code n} clients get done. */
  public double throughput(double n) {
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
  }

  /** How much of what {@code n} clients are held up by is coherency; 0 to 1. */
  public double kappaShare(double n) {
    double coherency = kappa * n * (n - 1);
    return coherency / (1 + sigma * (n - 1) + coherency);
  }

  /**
   * The number of clients with the highest throughput, {@code sqrt((1 - sigma) / kappa)}, at least
   * 1; empty if more clients never harm.
   */
  public OptionalDouble peakAt() {
    return kappa == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(1, Math.sqrt((1 - sigma) / kappa)));
  }
}
