package io.mooseng.bench.core.link.netem;

import io.mooseng.bench.core.link.profile.Bottleneck;
import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.link.profile.OneWay;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a direction of a link means to tc(8): a rate with its queue, and all the rest. The two are
 * for two interfaces, one behind the other, as a packet leaves the queue of a router before it
 * travels. Pure.
 */
final class Discipline {

  /** The header of Ethernet, which the kernel counts and profiles do not. */
  private static final int ETHERNET_BYTES = 14;

  private static final long BITS_PER_BYTE = 8;

  /** What may be sent at once: the rate's worth of a millisecond, at least one packet. */
  private static final long BURSTS_PER_SECOND = 1_000;

  /** Packets that netem holds: not a queue anybody asked for, so it is never to be full. */
  private static final int UNLIMITED = 10_000_000;

  /**
   * netem lets packets with jitter overtake each other unless it has a rate; this one is beyond all
   * profiles (10 ns for a packet are not seen) and fits the 32 bits of old kernels.
   */
  private static final String ORDER = "rate 30gbit";

  private Discipline() {}

  /**
   * The bottleneck of a direction on an interface; none without one.
   *
   * @return commands for {@code tc -batch}
   */
  static List<String> rate(OneWay way, String device) {
    if (way.bottleneck().isEmpty()) {
      return List.of();
    }
    Bottleneck slow = way.bottleneck().get();
    long burst =
        Math.max(Bottleneck.PACKET_BYTES, slow.bitsPerSecond() / BITS_PER_BYTE / BURSTS_PER_SECOND);
    return List.of(
        "qdisc add dev %s root handle 1: stab overhead -%d linklayer ethernet htb default 1"
            .formatted(device, ETHERNET_BYTES),
        "class add dev %s parent 1: classid 1:1 htb rate %dbit burst %d cburst %d quantum %d"
            .formatted(device, slow.bitsPerSecond(), burst, burst, Bottleneck.PACKET_BYTES),
        "qdisc add dev %s parent 1:1 handle 10: bfifo limit %d"
            .formatted(device, slow.queueBytes()));
  }

  /**
   * Everything but the rate, on an interface; none if nothing is asked.
   *
   * @param seed for a tc and a kernel that take one
   * @return commands for {@code tc -batch}
   */
  static List<String> path(OneWay way, String device, OptionalLong seed) {
    List<String> words = new ArrayList<>();
    if (!way.delay().isZero()) {
      words.add("delay " + time(way.delay().toNanos()) + jitter(way.jitter()));
    }
    if (!way.jitter().isNone()) {
      words.add(ORDER);
    }
    loss(way.loss(), words);
    probability("reorder", way.reorder(), words);
    probability("duplicate", way.duplicate(), words);
    probability("corrupt", way.corrupt(), words);
    if (words.isEmpty()) {
      return List.of();
    }
    seed.ifPresent(value -> words.add("seed " + Long.toUnsignedString(value)));
    return List.of(
        "qdisc add dev %s root handle 1: netem limit %d %s"
            .formatted(device, UNLIMITED, String.join(" ", words)));
  }

  private static String jitter(Jitter jitter) {
    if (jitter.isNone()) {
      return "";
    }
    String correlation = jitter.correlation() == 0 ? "" : " " + percent(jitter.correlation());
    String distribution =
        jitter.distribution() == Jitter.Distribution.UNIFORM
            ? ""
            : " distribution " + jitter.distribution().label();
    return " " + time(jitter.size().toNanos()) + correlation + distribution;
  }

  private static void loss(Loss loss, List<String> words) {
    if (loss.isNone()) {
      return;
    }
    if (loss instanceof Loss.GilbertElliott chain) {
      words.add(
          "loss gemodel %s %s %s %s"
              .formatted(
                  percent(chain.toBad()),
                  percent(chain.toGood()),
                  percent(chain.lossInBad()),
                  percent(chain.lossInGood())));
    } else {
      words.add("loss random " + percent(loss.average()));
    }
  }

  private static void probability(String what, double value, List<String> words) {
    if (value > 0) {
      words.add(what + " " + percent(value));
    }
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .round(MathContext.DECIMAL32)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  /** In microseconds, as tc of all versions takes them. */
  private static String time(long nanos) {
    return BigDecimal.valueOf(nanos, 3).stripTrailingZeros().toPlainString() + "us";
  }
}
