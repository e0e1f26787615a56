package io.mooseng.bench.core.link.profile;

/** Which packets a direction loses, apart from those its queue has no room for. */
public sealed interface Loss {

  /** No packet is lost. */
  Loss NONE = new Independent(0);

  /** The share of packets lost in the long run, from 0 to 1. */
  double average();

  /**
   * How many times larger the variance of a count of losses is than that of independent ones, at
   * most.
   */
  default double burstiness() {
    return 1;
  }

  /** In the words of a profile. */
  String describe();

  /** Whether no packet is ever lost. */
  default boolean isNone() {
    return average() == 0;
  }

  /**
   * Each packet is lost with the same probability, whatever happened to others.
   *
   * @param probability from 0 to 1
   */
  record Independent(double probability) implements Loss {

    public Independent {
      requireProbability("loss", probability);
    }

    @Override
    public double average() {
      return probability;
    }

    @Override
    public String describe() {
      return Percent.format(probability);
    }
  }

  /**
   * Losses in bursts: a Markov chain with a good and a bad state makes one step per packet (E. N.
   * Gilbert, "Capacity of a burst-noise channel", Bell System Technical Journal 39, 1960; E. O.
   * Elliott, "Estimates of error rates for codes on burst-noise channels", BSTJ 42, 1963). The
   * parameters are those of {@code loss gemodel} in tc-netem(8).
   *
   * @param toBad probability of a step from good to bad (netem: p)
   * @param toGood probability of a step from bad to good (netem: r), above 0 unless {@code toBad}
   *     is 0
   * @param lossInBad probability that a packet is lost in the bad state (netem: 1-h)
   * @param lossInGood probability that a packet is lost in the good state (netem: 1-k)
   */
  record GilbertElliott(double toBad, double toGood, double lossInBad, double lossInGood)
      implements Loss {

    public GilbertElliott {
      requireProbability("to-bad", toBad);
      requireProbability("to-good", toGood);
      requireProbability("loss-in-bad", lossInBad);
      requireProbability("loss-in-good", lossInGood);
      if (toBad > 0 && toGood == 0) {
        throw new IllegalArgumentException(
            "to-good is 0, so the bad state would never end; accepted: above 0%");
      }
    }

    @Override
    public String describe() {
      return "%s in bursts (to-bad %s, to-good %s, loss-in-bad %s, loss-in-good %s)"
          .formatted(
              Percent.format(average()),
              Percent.format(toBad),
              Percent.format(toGood),
              Percent.format(lossInBad),
              Percent.format(lossInGood));
    }

    /** The share of packets that find the bad state, in the long run. */
    public double shareOfBad() {
      return toBad == 0 ? 0 : toBad / (toBad + toGood);
    }

    /** Successive states are correlated with {@code 1 - toBad - toGood}. */
    @Override
    public double burstiness() {
      double memory = 1 - toBad - toGood;
      return toBad == 0 ? 1 : Math.max(1, (1 + memory) / (1 - memory));
    }

    @Override
    public double average() {
      return shareOfBad() * lossInBad + (1 - shareOfBad()) * lossInGood;
    }
  }

  private static void requireProbability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s of %s is not accepted; accepted: from 0%% to 100%%"
              .formatted(what, Percent.format(value)));
    }
  }
}
