package io.mooseng.bench.multiregion.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;

/**
 * Has entries ordered by a group that this region's server takes part in.
 *
 * <p>The leader is asked at once: where this server leads, without a call over gRPC to itself. An
 * entry whose leader steps down or falls silent before it answers may be in the log or not; it is
 * sent again under the identity it has, by which the next leader knows it (D. Ongaro, <i>Consensus:
 * Bridging Theory and Practice</i>, 2014, section 6.3). Ratis' own client does the same, but gives
 * up where a leader says that it is stepping down.
 *
 * <p>Safe for use by any number of threads.
 */
final class Orders implements AutoCloseable {

  private final RaftServer server;
  private final RaftGroup group;
  private final RaftClient client;
  private final ClientId self = ClientId.randomId();
  private final Executor pause;

  Orders(RaftServer server, RaftGroup group) {
    this.server = server;
    this.group = group;
    this.client = RaftSettings.newClient(group);
    Duration pauseTime = RaftSettings.RETRY_PAUSE;
    this.pause = CompletableFuture.delayedExecutor(pauseTime.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What else there is to ask of the group. */
  RaftClient client() {
    return client;
  }

  /**
   * Has an entry ordered.
   *
   * @return what the group replied, success or not; fails with an {@link IOException} if nobody did
   */
  CompletableFuture<RaftClientReply> order(Message entry) {
    RaftPeerId leader = known();
    RaftPeerId to = leader == null ? server.getId() : leader;
    return order(request(to, CallId.getAndIncrement(), entry), RaftSettings.RETRIES);
  }

  private RaftClientRequest request(RaftPeerId to, long callId, Message entry) {
    return RaftClientRequest.newBuilder()
        .setClientId(self)
        .setServerId(to)
        .setGroupId(group.getGroupId())
        .setCallId(callId)
        .setMessage(entry)
        .setType(RaftClientRequest.writeRequestType())
        .build();
  }

  private CompletableFuture<RaftClientReply> order(RaftClientRequest request, int retriesLeft) {
    return sent(request)
        .handle(
            (reply, failure) -> {
              if (isAnswer(reply, failure) || retriesLeft == 0) {
                return failure == null
                    ? CompletableFuture.completedFuture(reply)
                    : CompletableFuture.<RaftClientReply>failedFuture(cause(failure));
              }
              if (failure != null && !toSelf(request)) {
                client.getClientRpc().handleException(request.getServerId(), cause(failure), false);
              }
              RaftClientRequest again =
                  request(next(request, reply), request.getCallId(), request.getMessage());
              return CompletableFuture.runAsync(() -> {}, pause)
                  .thenCompose(now -> order(again, retriesLeft - 1));
            })
        .thenCompose(Function.identity());
  }

  private boolean toSelf(RaftClientRequest request) {
    return request.getServerId().equals(server.getId());
  }

  private CompletableFuture<RaftClientReply> sent(RaftClientRequest request) {
    try {
      return toSelf(request)
          ? server.submitClientRequestAsync(request)
          : client.getClientRpc().sendRequestAsyncUnordered(request);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Whether somebody who leads has answered. */
  private static boolean isAnswer(RaftClientReply reply, Throwable failure) {
    if (failure != null) {
      return !(cause(failure) instanceof IOException);
    }
    Throwable refusal = reply.getException();
    return !(refusal instanceof NotLeaderException
        || refusal instanceof LeaderNotReadyException
        || refusal instanceof LeaderSteppingDownException);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Whom to ask next: the leader, if one is known, or everybody in turn. */
  private RaftPeerId next(RaftClientRequest request, RaftClientReply reply) {
    NotLeaderException refusal = reply == null ? null : reply.getNotLeaderException();
    if (refusal != null && refusal.getSuggestedLeader() != null) {
      return refusal.getSuggestedLeader().getId();
    }
    RaftPeerId known = known();
    if (known != null && !known.equals(request.getServerId())) {
      return known;
    }
    RaftPeerId[] all = group.getPeers().stream().map(RaftPeer::getId).toArray(RaftPeerId[]::new);
    int asked = 0;
    while (asked < all.length - 1 && !all[asked].equals(request.getServerId())) {
      asked++;
    }
    return all[(asked + 1) % all.length];
  }

  private RaftPeerId known() {
    try {
      return server.getDivision(group.getGroupId()).getInfo().getLeaderId();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
