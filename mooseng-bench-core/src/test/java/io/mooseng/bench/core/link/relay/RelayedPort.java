package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.profile.LinkProfile;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A relay with one port. */
record RelayedPort(Relay relay, InetSocketAddress address) implements AutoCloseable {

  static RelayedPort open(LinkProfile profile, InetSocketAddress upstream) throws IOException {
    return open(profile, upstream, RelayLimits.defaults());
  }

  static RelayedPort open(LinkProfile profile, InetSocketAddress upstream, RelayLimits limits)
      throws IOException {
    Relay relay = Relay.open(profile, limits, 1);
    return new RelayedPort(relay, relay.listen(upstream));
  }

  long heldBytes() {
    return relay.heldBytes();
  }

  long peakBytes() {
    return relay.peakBytes();
  }

  long turns() {
    return relay.turns();
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
