package io.mooseng.bench.multiregion.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;

/**
 * Asks a group how far this region must have applied its log, so that what it reads here is
 * linearizable, and waits for that (D. Ongaro, <i>Consensus: Bridging Theory and Practice</i>,
 * 2014, section 6.4). Nothing is changed by asking: while nobody is known to lead, or whoever leads
 * cannot be reached, the question is asked again.
 *
 * <p>Safe for use by any number of threads.
 */
final class ReadIndex {

  private static final Duration PAUSE = Duration.ofMillis(50);

  /** No question begins later; one that waits for its answer may end later. */
  private static final Duration LONGEST = Duration.ofMillis(2_500);

  private final Supplier<CompletableFuture<RaftClientReply>> question;
  private final Executor pause;
  private final long longestNanos;

  /**
   * @param question asks once; the answer comes when what was known to be committed is applied here
   * @param pause before it is asked again
   * @param longest after which it is asked no more
   */
  ReadIndex(
      Supplier<CompletableFuture<RaftClientReply>> question, Duration pause, Duration longest) {
    this.question = question;
    this.pause = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    this.longestNanos = longest.toNanos();
  }

  /**
   * Asks a group by this region's server.
   *
   * @param redial hears of leaders that cannot be reached
   */
  static ReadIndex of(RaftServer server, RaftGroup group, Redial redial) {
    ClientId self = ClientId.randomId();
    return new ReadIndex(() -> ask(server, group, self, redial), PAUSE, LONGEST);
  }

  private static CompletableFuture<RaftClientReply> ask(
      RaftServer server, RaftGroup group, ClientId self, Redial redial) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(self)
            .setServerId(server.getId())
            .setGroupId(group.getGroupId())
            .setCallId(CallId.getAndIncrement())
            .setMessage(Message.EMPTY)
            .setType(RaftClientRequest.readRequestType())
            .build();
    try {
      RaftPeerId leader = server.getDivision(group.getGroupId()).getInfo().getLeaderId();
      return server
          .submitClientRequestAsync(request)
          .whenComplete(
              (reply, failure) -> {
                if (failure != null && leader != null) {
                  redial.failed(leader, failure);
                }
              });
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Completes as soon as a linearizable read can be done here.
   *
   * @return fails with an {@link IOException} if that was not granted for 2.5 s
   */
  CompletableFuture<Void> reached() {
    return reached(System.nanoTime() + longestNanos);
  }

  private CompletableFuture<Void> reached(long endNanos) {
    return question
        .get()
        .handle(
            (reply, failure) -> {
              if (failure == null && reply.isSuccess()) {
                return CompletableFuture.<Void>completedFuture(null);
              }
              if (System.nanoTime() - endNanos >= 0) {
                Throwable reason = failure == null ? reply.getException() : cause(failure);
                return CompletableFuture.<Void>failedFuture(
                    new IOException("no linearizable read here: " + reason, reason));
              }
              return CompletableFuture.runAsync(() -> {}, pause)
                  .thenCompose(again -> reached(endNanos));
            })
        .thenCompose(Function.identity());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
