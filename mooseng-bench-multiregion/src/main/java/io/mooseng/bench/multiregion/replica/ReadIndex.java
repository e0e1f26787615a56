package io.mooseng.bench.multiregion.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftClientReply;

/**
 * Asks a group how far this region must have applied its log, so that what it reads here is
 * linearizable, and waits for that (D. Ongaro, <i>Consensus: Bridging Theory and Practice</i>,
 * 2014, section 6.4). Nothing is changed by asking: while nobody is known to lead, or whoever leads
 * cannot be reached, the question is asked again.
 *
 * <p>Safe for use by any number of threads.
 */
final class ReadIndex {

  private static final int ATTEMPTS = 50;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Supplier<CompletableFuture<RaftClientReply>> question;
  private final Consumer<Throwable> unreachable;
  private final Executor pause;

  /**
   * @param question asks once; the answer comes when what was known to be committed is applied here
   * @param unreachable hears that it got no answer, and why, before it is asked again
   */
  ReadIndex(
      Supplier<CompletableFuture<RaftClientReply>> question, Consumer<Throwable> unreachable) {
    this(question, unreachable, PAUSE);
  }

  ReadIndex(
      Supplier<CompletableFuture<RaftClientReply>> question,
      Consumer<Throwable> unreachable,
      Duration pause) {
    this.question = question;
    this.unreachable = unreachable;
    this.pause = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Completes as soon as a linearizable read can be done here.
   *
   * @return fails with an {@link IOException} if nobody has answered after {@value #ATTEMPTS}
   *     attempts, which is 2.5 s and the time that they took
   */
  CompletableFuture<Void> reached() {
    return reached(ATTEMPTS);
  }

  private CompletableFuture<Void> reached(int attemptsLeft) {
    return question
        .get()
        .handle(
            (reply, failure) -> {
              if (failure == null && reply.isSuccess()) {
                return CompletableFuture.<Void>completedFuture(null);
              }
              Throwable reason = failure == null ? reply.getException() : cause(failure);
              if (attemptsLeft <= 1) {
                return CompletableFuture.<Void>failedFuture(
                    new IOException("no linearizable read here: " + reason, reason));
              }
              if (failure != null) {
                unreachable.accept(reason);
              }
              return CompletableFuture.runAsync(() -> {}, pause)
                  .thenCompose(again -> reached(attemptsLeft - 1));
            })
        .thenCompose(Function.identity());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
