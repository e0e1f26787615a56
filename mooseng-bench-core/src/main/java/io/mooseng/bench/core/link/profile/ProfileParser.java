package io.mooseng.bench.core.link.profile;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.YamlMapping;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a profile from the form described in {@code docs/network-conditions.md}. What is said of
 * both directions holds for each that does not say otherwise.
 */
final class ProfileParser {

  /** What a direction may say, and a profile of both. */
  static final List<String> CONDITIONS =
      List.of("delay", "jitter", "loss", "rate", "queue", "reorder", "duplicate", "corrupt");

  private static final String RTT = "rtt";
  private static final String OUTBOUND = "outbound";
  private static final String INBOUND = "inbound";
  private static final String SOURCE = "source";
  private static final String TIME = "a time from 0ms to 10s, such as 35ms";
  private static final String PERCENT = "from 0% to 100%, such as 0.1%";
  private static final String SIZE = "a size of 1500B (one packet) or more, such as 256KB";

  private ProfileParser() {}

  /**
   * Reads one profile.
   *
   * @param more keys beyond those of a profile, which the caller reads
   * @throws ConfigurationException in one line: where, key, value, what is accepted
   */
  static LinkProfile parse(String name, YamlMapping profile, List<String> more) {
    List<String> known = new ArrayList<>(more);
    known.addAll(List.of(SOURCE, RTT));
    known.addAll(CONDITIONS);
    known.addAll(List.of(OUTBOUND, INBOUND));
    profile.withOnly(known);
    Optional<Duration> rtt =
        profile.has(RTT)
            ? Optional.of(
                profile.value(
                    RTT,
                    "a time from 0ms to 20s, such as 70ms",
                    text -> upTo(OneWay.MAX_DELAY.multipliedBy(2), text)))
            : Optional.empty();
    YamlMapping out = profile.has(OUTBOUND) ? profile.mapping(OUTBOUND).withOnly(CONDITIONS) : null;
    YamlMapping in = profile.has(INBOUND) ? profile.mapping(INBOUND).withOnly(CONDITIONS) : null;
    if (rtt.isPresent() && (profile.has("delay") || says(out, "delay") || says(in, "delay"))) {
      throw profile.refused(RTT, "either rtt, which is halved, or delay, which is one way");
    }
    Duration there = rtt.map(time -> time.dividedBy(2)).orElseGet(() -> delay(profile, out));
    Duration back = rtt.map(time -> time.minus(there)).orElseGet(() -> delay(profile, in));
    long rttNanos = there.plus(back).toNanos();
    return new LinkProfile(
        name,
        direction(profile, out, there, rttNanos),
        direction(profile, in, back, rttNanos),
        profile.text(SOURCE));
  }

  private static Duration delay(YamlMapping both, YamlMapping own) {
    return where(both, own, "delay")
        .map(mapping -> mapping.value("delay", TIME, text -> upTo(OneWay.MAX_DELAY, text)))
        .orElse(Duration.ZERO);
  }

  private static OneWay direction(
      YamlMapping both, YamlMapping own, Duration delay, long rttNanos) {
    Jitter jitter = where(both, own, "jitter").map(ProfileParser::jitter).orElse(Jitter.NONE);
    Loss loss = where(both, own, "loss").map(ProfileParser::loss).orElse(Loss.NONE);
    Optional<Bottleneck> bottleneck = bottleneck(both, own, rttNanos);
    double reorder = share(both, own, "reorder");
    double duplicate = share(both, own, "duplicate");
    double corrupt = share(both, own, "corrupt");
    return checked(
        own == null ? both : own,
        () -> new OneWay(delay, jitter, loss, bottleneck, reorder, duplicate, corrupt));
  }

  private static Jitter jitter(YamlMapping parent) {
    if (!parent.isMapping("jitter")) {
      return new Jitter(time(parent, "jitter"), Jitter.Distribution.UNIFORM, 0);
    }
    YamlMapping mapping =
        parent.mapping("jitter").withOnly(List.of("size", "distribution", "correlation"));
    Duration size = time(mapping, "size");
    Jitter.Distribution distribution =
        mapping.has("distribution")
            ? mapping.value(
                "distribution", Jitter.Distribution.labels(), Jitter.Distribution::parse)
            : Jitter.Distribution.UNIFORM;
    double correlation = mapping.has("correlation") ? percent(mapping, "correlation") : 0;
    return checked(mapping, () -> new Jitter(size, distribution, correlation));
  }

  private static Loss loss(YamlMapping parent) {
    if (!parent.isMapping("loss")) {
      return new Loss.Independent(percent(parent, "loss"));
    }
    YamlMapping chain =
        parent
            .mapping("loss")
            .withOnly(List.of("gilbert-elliott"))
            .mapping("gilbert-elliott")
            .withOnly(List.of("to-bad", "to-good", "loss-in-bad", "loss-in-good"));
    double toBad = percent(chain, "to-bad");
    double toGood = percent(chain, "to-good");
    double inBad = chain.has("loss-in-bad") ? percent(chain, "loss-in-bad") : 1;
    double inGood = chain.has("loss-in-good") ? percent(chain, "loss-in-good") : 0;
    return checked(chain, () -> new Loss.GilbertElliott(toBad, toGood, inBad, inGood));
  }

  private static Optional<Bottleneck> bottleneck(YamlMapping both, YamlMapping own, long rttNanos) {
    Optional<YamlMapping> rated = where(both, own, "rate");
    Optional<YamlMapping> queued = where(both, own, "queue");
    if (rated.isEmpty()) {
      queued.ifPresent(
          mapping -> {
            throw mapping.refused("queue", "a queue only with a rate: without one nothing waits");
          });
      return Optional.empty();
    }
    YamlMapping mapping = rated.get();
    long rate = mapping.value("rate", BitRate.ACCEPTED, BitRate::parse);
    if (queued.isEmpty()) {
      return Optional.of(Bottleneck.withDefaultQueue(rate, rttNanos));
    }
    long bytes =
        queued
            .get()
            .value(
                "queue",
                SIZE,
                text -> new Bottleneck(rate, ByteSize.parse(text).bytes()).queueBytes());
    return Optional.of(new Bottleneck(rate, bytes));
  }

  private static double share(YamlMapping both, YamlMapping own, String key) {
    return where(both, own, key).map(mapping -> percent(mapping, key)).orElse(0.0);
  }

  /** The mapping that says {@code key} of a direction: its own before that of both. */
  private static Optional<YamlMapping> where(YamlMapping both, YamlMapping own, String key) {
    if (says(own, key)) {
      return Optional.of(own);
    }
    return both.has(key) ? Optional.of(both) : Optional.empty();
  }

  private static boolean says(YamlMapping mapping, String key) {
    return mapping != null && mapping.has(key);
  }

  private static double percent(YamlMapping mapping, String key) {
    return mapping.value(key, PERCENT, Percent::parse);
  }

  private static Duration time(YamlMapping mapping, String key) {
    return mapping.value(key, TIME, text -> upTo(OneWay.MAX_DELAY, text));
  }

  private static Duration upTo(Duration most, String text) {
    Duration time = TimeText.parse(text);
    if (time.compareTo(most) > 0) {
      throw new IllegalArgumentException();
    }
    return time;
  }

  /** What fits together badly is said in the words of the value that refused it. */
  private static <T> T checked(YamlMapping mapping, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw mapping.refused(e.getMessage());
    }
  }
}
