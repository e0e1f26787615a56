package io.mooseng.bench.core.link.proof;

/**
 * How many of some packets were lost.
 *
 * @param sent at least 1
 * @param lost from 0 to {@code sent}
 */
public record LossCount(long sent, long lost) {

  private static final double Z99 = 2.5758293;

  public LossCount {
    if (sent < 1 || lost < 0 || lost > sent) {
      throw new IllegalArgumentException(lost + " of " + sent + " packets cannot be lost");
    }
  }

  /** The share that was lost, from 0 to 1. */
  public double share() {
    return (double) lost / sent;
  }

  /** The lower end of the 99 % interval of the share (Wilson, JASA 22, 1927). */
  public double lowest() {
    return Math.max(0, centre() - margin());
  }

  /** The upper end of the 99 % interval of the share. */
  public double highest() {
    return Math.min(1, centre() + margin());
  }

  private double centre() {
    return (share() + Z99 * Z99 / (2 * sent)) / (1 + Z99 * Z99 / sent);
  }

  private double margin() {
    double variance = share() * (1 - share()) / sent + Z99 * Z99 / (4.0 * sent * sent);
    return Z99 * Math.sqrt(variance) / (1 + Z99 * Z99 / sent);
  }
}
