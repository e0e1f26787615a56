package io.mooseng.bench.multiregion.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * Dials a region anew to which this region's server has no connection. By itself gRPC pauses longer
 * and longer between attempts that fail, up to two minutes, as they do while a region is down; so a
 * region that is back would stay out of reach.
 *
 * <p>To dial anew is to close the connection that is not there, which may take Ratis some seconds
 * where calls wait for it; so it is done in a thread of its own, for each region one at a time and
 * not at once again. Safe for use by any number of threads.
 */
final class Redial {

  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

  private final RaftPeerId self;
  private final BiConsumer<RaftPeerId, IOException> dialling;
  private final Set<RaftPeerId> underWay = new HashSet<>();
  private final Map<RaftPeerId, Long> endedNanos = new HashMap<>();

  /**
   * @param self who is never dialled
   * @param dialling forgets the connection to a region, so that the next call dials
   */
  Redial(RaftPeerId self, BiConsumer<RaftPeerId, IOException> dialling) {
    this.self = self;
    this.dialling = dialling;
  }

  /** For the connections of a server, which all of its groups share. */
  static Redial of(RaftServer server) {
    return new Redial(
        server.getId(),
        (region, failure) -> server.getServerRpc().handleException(region, failure, true));
  }

  /** A call to a region failed. Does not wait; does nothing unless there is no connection. */
  void failed(RaftPeerId region, Throwable failure) {
    boolean unavailable = Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE;
    if (!unavailable || region.equals(self) || !begins(region)) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                dialling.accept(region, new IOException(failure));
              } finally {
                ended(region);
              }
            },
            "redial-" + region);
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized boolean begins(RaftPeerId region) {
    Long ended = endedNanos.get(region);
    boolean justDone = ended != null && System.nanoTime() - ended < PAUSE_NANOS;
    return !justDone && underWay.add(region);
  }

  private synchronized void ended(RaftPeerId region) {
    endedNanos.put(region, System.nanoTime());
    underWay.remove(region);
  }
}
