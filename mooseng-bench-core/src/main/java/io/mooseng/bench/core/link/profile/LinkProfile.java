package io.mooseng.bench.core.link.profile;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The conditions asked of a link.
 *
 * @param name what results call it, such as {@code wan-70}
 * @param outbound from the client to the server
 * @param inbound from the server to the client
 * @param source where the numbers come from, with their date
 */
public record LinkProfile(String name, OneWay outbound, OneWay inbound, String source) {

  public LinkProfile {
    Objects.requireNonNull(outbound, "outbound");
    Objects.requireNonNull(inbound, "inbound");
    requireText("name", name);
    requireText("source", source);
  }

  private static void requireText(String what, String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("the " + what + " of a link profile cannot be blank");
    }
  }

  /**
   * A profile without rate limits whose round trip is split evenly between the directions; an odd
   * nanosecond goes to the way back.
   */
  public static LinkProfile symmetric(String name, Duration rtt, String source) {
    Objects.requireNonNull(rtt, "rtt");
    Duration outbound = rtt.dividedBy(2);
    return new LinkProfile(
        name, OneWay.delayed(outbound), OneWay.delayed(rtt.minus(outbound)), source);
  }

  /** Both delays together: the round trip of a message that is answered at once, without jitter. */
  public Duration rtt() {
    return outbound.delay().plus(inbound.delay());
  }

  /** The same link seen from its other end. */
  public LinkProfile reversed() {
    return new LinkProfile(name, inbound, outbound, source);
  }

  /** What is asked for, in either direction, that a backend has to be able to do. */
  public Set<LinkEffect> effects() {
    Set<LinkEffect> effects =
        EnumSet.copyOf(
            outbound.effects().isEmpty() ? EnumSet.noneOf(LinkEffect.class) : outbound.effects());
    effects.addAll(inbound.effects());
    return effects;
  }
}
