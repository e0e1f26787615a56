package io.mooseng.bench.core.link.impair;

import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.random.SeededRandom;

/**
 * Decides of each packet in turn whether it is lost. Every packet uses up the same count of random
 * numbers, so that the losses of a seed do not depend on anything else.
 *
 * <p>Confined to one thread.
 */
final class LossSource {

  private final Loss loss;
  private final SeededRandom random;
  private boolean bad;

  LossSource(Loss loss, SeededRandom random) {
    this.loss = loss;
    this.random = random;
    if (loss instanceof Loss.GilbertElliott chain) {
      // Not from the good state: the first packets of a run would lose less than the average.
      this.bad = random.nextUnit() < chain.shareOfBad();
    }
  }

  /** Whether the next packet is lost. */
  boolean next() {
    if (loss instanceof Loss.GilbertElliott chain) {
      return next(chain);
    }
    return random.nextUnit() < loss.average();
  }

  /** The state decides on the packet, then the chain makes its step. */
  private boolean next(Loss.GilbertElliott chain) {
    boolean lost = random.nextUnit() < (bad ? chain.lossInBad() : chain.lossInGood());
    boolean moves = random.nextUnit() < (bad ? chain.toGood() : chain.toBad());
    bad ^= moves;
    return lost;
  }
}
