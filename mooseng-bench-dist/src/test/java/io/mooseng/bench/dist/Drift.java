package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.proof.Effort;
import io.mooseng.bench.core.link.proof.LinkProof;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;

/** Whether the round trips of a link change while it is used. */
final class Drift {

  private static final int PINGS = 200;
  private static final double NANOS_PER_MILLI = 1e6;

  private Drift() {}

  /** Pings for ten minutes and compares the first median with the last one. */
  static void inTenMinutes(String name, EmulatedNetwork network, LinkPath path, LinkClaims claims)
      throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    List<Double> medians = new ArrayList<>();
    while (System.nanoTime() < end) {
      Effort effort = new Effort(PINGS, Duration.ofSeconds(1), 1);
      medians.add(LinkProof.measure(network, path, claims, effort).rttNanos(50) / NANOS_PER_MILLI);
    }
    System.out.println(name + ": median RTT, ms, in ten minutes: " + medians);
    assertThat(medians.get(medians.size() - 1)).isCloseTo(medians.get(0), Offset.offset(0.2));
  }
}
