package io.mooseng.bench.core.link.proof;

import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.relay.Relay;
import io.mooseng.bench.core.link.relay.RelayBackend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A link between the clients of a run and one system under test, open until closed.
 *
 * <p>Clients dial {@link #address} instead of the system. Lives in the parent process, so that a
 * fork measures no thread but its own. Safe for use by any number of threads.
 */
public final class EmulatedLink implements AutoCloseable {

  private final LinkProfile profile;
  private final Relay relay;

  private EmulatedLink(LinkProfile profile, Relay relay) {
    this.profile = profile;
    this.relay = relay;
  }

  /**
   * Opens a link to {@code upstream}; the upstream is dialled for each connection, not before.
   *
   * @throws IllegalArgumentException if {@code upstream} does not resolve
   * @throws IOException if no loopback port can be had
   */
  public static EmulatedLink open(LinkProfile profile, InetSocketAddress upstream)
      throws IOException {
    Objects.requireNonNull(profile, "profile");
    return new EmulatedLink(profile, Relay.open(profile, upstream));
  }

  /** The loopback address to dial. */
  public InetSocketAddress address() {
    return relay.address();
  }

  /** What was asked. */
  public LinkProfile profile() {
    return profile;
  }

  /** What results obtained over this link can and cannot claim. */
  public LinkClaims claims() {
    return new RelayBackend().claims();
  }

  /**
   * Measures now what this profile gives, over a second relay like this one, in about {@link
   * LinkProof#DEFAULT_PINGS} + 2 round trips.
   *
   * @throws IOException if the link breaks
   */
  public MeasuredLink proof() throws IOException {
    return LinkProof.measure(profile, LinkProof.DEFAULT_PINGS);
  }

  /**
   * Closes every connection over the link.
   *
   * @throws IOException if the link had failed by itself while it was open
   */
  @Override
  public void close() throws IOException {
    relay.close();
  }
}
