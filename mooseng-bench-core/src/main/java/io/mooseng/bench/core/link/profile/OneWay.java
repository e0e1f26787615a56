package io.mooseng.bench.core.link.profile;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one direction of a link does to the packets that cross it.
 *
 * @param delay propagation delay, from 0 to {@link #MAX_DELAY}
 * @param jitter how the delay varies; its size is at most the delay. Packets keep their order
 *     whatever it is
 * @param loss which packets are lost
 * @param bottleneck the rate all connections of the link share and the queue before it; empty is
 *     unlimited
 * @param reorder probability, from 0 to 1, that a packet does not wait for the delay and so
 *     overtakes those that do, as in tc-netem(8); above 0 only with a delay
 * @param duplicate probability, from 0 to 1, that a packet arrives twice
 * @param corrupt probability, from 0 to 1, that one bit of a packet is changed
 */
public record OneWay(
    Duration delay,
    Jitter jitter,
    Loss loss,
    Optional<Bottleneck> bottleneck,
    double reorder,
    double duplicate,
    double corrupt) {

  /** Longer than any terrestrial or geostationary path; a longer delay is a slip of a unit. */
  public static final Duration MAX_DELAY = Duration.ofSeconds(10);

  public OneWay {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(jitter, "jitter");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(bottleneck, "bottleneck");
    if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException(
          "one-way delay " + delay + " is not accepted; accepted: PT0S to " + MAX_DELAY);
    }
    if (jitter.size().compareTo(delay) > 0) {
      throw new IllegalArgumentException(
          "jitter of %s with a one-way delay of %s is not accepted; accepted: a jitter up to the delay"
              .formatted(jitter.size(), delay));
    }
    requireProbability("reorder", reorder);
    requireProbability("duplicate", duplicate);
    requireProbability("corrupt", corrupt);
    if (reorder > 0 && delay.isZero()) {
      throw new IllegalArgumentException(
          "reorder without a delay is not accepted: no packet waits that could be overtaken;"
              + " accepted: a delay above 0");
    }
  }

  private static void requireProbability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s of %s is not accepted; accepted: from 0%% to 100%%"
              .formatted(what, Percent.format(value)));
    }
  }

  /** A direction that delays and does nothing else. */
  public static OneWay delayed(Duration delay) {
    return new OneWay(delay, Jitter.NONE, Loss.NONE, Optional.empty(), 0, 0, 0);
  }

  /** The same with a rate in bits per second, and a queue of one round trip of twice the delay. */
  public OneWay limitedTo(long rateInBitsPerSecond) {
    return limitedTo(
        Bottleneck.withDefaultQueue(rateInBitsPerSecond, delay.multipliedBy(2).toNanos()));
  }

  /** The same with a bottleneck. */
  public OneWay limitedTo(Bottleneck other) {
    return new OneWay(delay, jitter, loss, Optional.of(other), reorder, duplicate, corrupt);
  }

  /** The same with jitter. */
  public OneWay with(Jitter other) {
    return new OneWay(delay, other, loss, bottleneck, reorder, duplicate, corrupt);
  }

  /** The same with losses. */
  public OneWay with(Loss other) {
    return new OneWay(delay, jitter, other, bottleneck, reorder, duplicate, corrupt);
  }

  /** The rate, if there is one. */
  public OptionalLong bitsPerSecond() {
    return bottleneck
        .map(slow -> OptionalLong.of(slow.bitsPerSecond()))
        .orElse(OptionalLong.empty());
  }

  /** In the words of a profile: {@code delay 35ms, rate 10mbit, queue 64KB}. */
  public String describe() {
    List<String> words = new ArrayList<>();
    words.add("delay " + TimeText.format(delay));
    if (!jitter.isNone()) {
      words.add(
          "jitter %s %s correlation %s"
              .formatted(
                  TimeText.format(jitter.size()),
                  jitter.distribution().label(),
                  Percent.format(jitter.correlation())));
    }
    if (!loss.isNone()) {
      words.add("loss " + loss.describe());
    }
    bottleneck.ifPresent(
        slow ->
            words.add(
                "rate %s, queue %s"
                    .formatted(
                        BitRate.format(slow.bitsPerSecond()), new ByteSize(slow.queueBytes()))));
    add(words, "reorder", reorder);
    add(words, "duplicate", duplicate);
    add(words, "corrupt", corrupt);
    return String.join(", ", words);
  }

  private static void add(List<String> words, String what, double share) {
    if (share > 0) {
      words.add(what + " " + Percent.format(share));
    }
  }

  /** What is asked for that a backend has to be able to do. */
  public Set<LinkEffect> effects() {
    Set<LinkEffect> effects = EnumSet.noneOf(LinkEffect.class);
    add(effects, LinkEffect.DELAY, !delay.isZero());
    add(effects, LinkEffect.JITTER, !jitter.isNone());
    add(effects, LinkEffect.RATE, bottleneck.isPresent());
    add(effects, LinkEffect.LOSS, !loss.isNone());
    add(effects, LinkEffect.REORDER, reorder > 0);
    add(effects, LinkEffect.DUPLICATE, duplicate > 0);
    add(effects, LinkEffect.CORRUPT, corrupt > 0);
    return effects;
  }

  private static void add(Set<LinkEffect> effects, LinkEffect effect, boolean asked) {
    if (asked) {
      effects.add(effect);
    }
  }
}
