package io.mooseng.bench.core.link;

import java.time.Duration;
import java.util.Objects;

/**
 * What is wrong, for a while, with one direction of a network.
 *
 * @param cut nothing arrives any more. Nothing is lost either: as over TCP, what was sent meanwhile
 *     arrives once the cut is healed, unless an end gives up
 * @param extraDelay what is sent from now on takes so much longer
 */
public record LinkFault(boolean cut, Duration extraDelay) {

  /** Nothing is wrong. */
  public static final LinkFault NONE = new LinkFault(false, Duration.ZERO);

  /** Nothing arrives. */
  public static final LinkFault CUT = new LinkFault(true, Duration.ZERO);

  public LinkFault {
    Objects.requireNonNull(extraDelay);
    if (extraDelay.isNegative()) {
      throw new IllegalArgumentException(
          "an extra delay of " + extraDelay + " is not accepted; accepted: PT0S and more");
    }
  }

  /** Everything takes longer. */
  public static LinkFault slow(Duration extraDelay) {
    return new LinkFault(false, extraDelay);
  }
}
