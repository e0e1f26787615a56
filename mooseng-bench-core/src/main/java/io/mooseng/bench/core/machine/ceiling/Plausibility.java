package io.mooseng.bench.core.machine.ceiling;

import io.mooseng.bench.core.machine.ceiling.Judgement.Verdict;
import io.mooseng.bench.core.machine.ceiling.Measured.Medium;
import io.mooseng.bench.core.machine.ceiling.Measured.Operation;
import io.mooseng.bench.core.machine.ceiling.Measured.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Holds results against the limits of the machine.
 *
 * <ul>
 *   <li>More bandwidth than the lowest limit on the row's path is suspicious; more than {@value
 *       #TOLERANCE} times it is impossible.
 *   <li>A median latency below the smallest round trip time of the link is impossible, except for
 *       connections through a relay, whose handshake the relay answers from nearby.
 *   <li>Limits are those of one thread. For several streams a limit that is a processor's work
 *       (memory, page cache, loopback) is multiplied by the smaller of streams and cores, which is
 *       generous. A device's limit does not bound several streams (they queue deeper): then the
 *       page cache's stands in, which all of the bytes pass as well.
 *   <li>Where there is no limit, nothing is judged, and the reason is given.
 * </ul>
 *
 * <p>A pure function; safe for any number of threads.
 */
public final class Plausibility {

  /** Above this multiple of a limit, noise of the measurement explains nothing any more. */
  public static final double TOLERANCE = 1.25;

  private final Ceilings ceilings;
  private final int cores;

  /**
   * @param cores processors that this program may use
   */
  public Plausibility(Ceilings ceilings, int cores) {
    if (cores < 1) {
      throw new IllegalArgumentException("cores is " + cores + "; accepted: 1 or more");
    }
    this.ceilings = ceilings;
    this.cores = cores;
  }

  private record Limit(String name, double bytesPerSecond) {}

  /** The more severe of the judgements by bandwidth and by latency. */
  public Judgement judge(Measured row) {
    Judgement bandwidth = byBandwidth(row);
    Judgement latency = byLatency(row);
    return latency.verdict().compareTo(bandwidth.verdict()) > 0 ? latency : bandwidth;
  }

  private Judgement byLatency(Measured row) {
    if (row.linkRttNanos().isEmpty() || row.latencyP50Nanos().isEmpty()) {
      return Judgement.notJudged("no link whose round trip time bounds the latency");
    }
    if (row.operation() == Operation.CONNECTION && row.path() == Path.RELAY) {
      return Judgement.notJudged("a relay answers the handshake of a connection from nearby");
    }
    double rtt = row.linkRttNanos().getAsDouble();
    double latency = row.latencyP50Nanos().getAsDouble();
    boolean possible = latency >= rtt;
    return Judgement.of(
        possible ? Verdict.PLAUSIBLE : Verdict.IMPOSSIBLE,
        "link.rtt",
        rtt,
        rtt == 0 ? 0 : rtt / latency,
        String.format(
            Locale.ROOT,
            "median latency %.0f ns is %s the %.0f ns round trip of its link",
            latency,
            possible ? "not below" : "below",
            rtt));
  }

  private Judgement byBandwidth(Measured row) {
    if (row.bytesPerSecond().isEmpty()) {
      return Judgement.notJudged("it moves no bytes and has no link whose latency bounds it");
    }
    List<String> missing = new ArrayList<>();
    Limit lowest = null;
    for (Limit limit : limits(row, missing)) {
      if (lowest == null || limit.bytesPerSecond < lowest.bytesPerSecond) {
        lowest = limit;
      }
    }
    if (lowest == null) {
      return Judgement.notJudged(
          missing.isEmpty() ? "no limit of this machine bounds it" : String.join("; ", missing));
    }
    double value = row.bytesPerSecond().getAsDouble();
    double ratio = value / lowest.bytesPerSecond;
    return Judgement.of(
        verdict(ratio),
        lowest.name,
        lowest.bytesPerSecond,
        ratio,
        String.format(
            Locale.ROOT,
            "%.4g B/s is %.2f times %s (%.4g B/s)",
            value,
            ratio,
            lowest.name,
            lowest.bytesPerSecond));
  }

  private static Verdict verdict(double ratio) {
    if (ratio > TOLERANCE) {
      return Verdict.IMPOSSIBLE;
    }
    return ratio > 1 ? Verdict.SUSPICIOUS : Verdict.PLAUSIBLE;
  }

  private List<Limit> limits(Measured row, List<String> missing) {
    List<Limit> limits = new ArrayList<>();
    switch (row.path()) {
      case REMOTE -> missing.add("a remote path is not bounded by this machine's ceilings");
      case MEMORY -> addScaled(CeilingKind.MEMORY_COPY, row, limits, missing);
      case LOCAL_FILE_SYSTEM -> addMedium(row, limits, missing);
      case LOOPBACK, RELAY, PACKETS -> {
        addScaled(CeilingKind.LOOPBACK_STREAM, row, limits, missing);
        addMedium(row, limits, missing);
      }
    }
    return limits;
  }

  private void addMedium(Measured row, List<Limit> limits, List<String> missing) {
    if (row.operation() != Operation.READ && row.operation() != Operation.WRITE) {
      return; // an RPC carries bytes, but stores none
    }
    boolean read = row.operation() == Operation.READ;
    CeilingKind cached = read ? CeilingKind.DISK_READ_CACHED : CeilingKind.DISK_WRITE_CACHED;
    CeilingKind device = read ? CeilingKind.DISK_READ_DIRECT : CeilingKind.DISK_WRITE_SYNCED;
    if (row.medium() == Medium.UNKNOWN || row.medium() == Medium.PAGE_CACHE) {
      addScaled(cached, row, limits, missing);
    } else if (row.medium() == Medium.DEVICE) {
      OptionalDouble limit = ceilings.value(device);
      if (row.streams() == 1 && limit.isPresent()) {
        limits.add(new Limit(ceilings.name(device), limit.getAsDouble()));
      } else {
        addScaled(cached, row, limits, missing);
      }
    }
  }

  private void addScaled(CeilingKind kind, Measured row, List<Limit> limits, List<String> missing) {
    OptionalDouble limit = ceilings.value(kind);
    if (limit.isEmpty()) {
      missing.add(ceilings.whyNot(kind));
      return;
    }
    int factor = Math.min(row.streams(), cores);
    limits.add(
        new Limit(
            factor == 1 ? ceilings.name(kind) : ceilings.name(kind) + " x " + factor,
            limit.getAsDouble() * factor));
  }
}
