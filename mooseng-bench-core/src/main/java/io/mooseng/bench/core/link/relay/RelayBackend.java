package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.Obstacle;
import io.mooseng.bench.core.link.profile.LinkEffect;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The TCP relay in user space: needs no privileges, and works wherever Java does. */
public final class RelayBackend implements LinkBackend {

  static final String NAME = "relay";

  private static final String NO_PACKETS = "a relay carries streams of bytes, not packets";

  private static final LinkClaims CLAIMS =
      new LinkClaims(
          NAME,
          EnumSet.of(LinkEffect.DELAY, LinkEffect.JITTER, LinkEffect.RATE, LinkEffect.FIRST_ANSWER),
          Map.of(
              LinkEffect.TCP_CONNECT, "the local kernel completes the connect at once",
              LinkEffect.LOSS, "no packet is lost on loopback",
              LinkEffect.QUEUE, "a full queue pushes back on the sender instead of dropping",
              LinkEffect.REORDER, NO_PACKETS,
              LinkEffect.DUPLICATE, NO_PACKETS,
              LinkEffect.CORRUPT, NO_PACKETS,
              LinkEffect.CONGESTION_CONTROL,
                  "TCP ends at the relay, so its congestion window never sees the path"),
          List.of("handshake modelled", "no loss", "no congestion control, no slow start"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "TCP relay in user space";
  }

  @Override
  public LinkClaims claims() {
    return CLAIMS;
  }

  @Override
  public boolean reachesAnyServer() {
    return true;
  }

  @Override
  public Optional<Obstacle> obstacle() {
    return Optional.empty();
  }

  @Override
  public EmulatedNetwork open(LinkRequest request) throws IOException {
    return new RelayNetwork(request);
  }
}
