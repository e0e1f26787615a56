package io.mooseng.bench.multiregion.replica;

import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.proto.MetadataUpdate;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Orders commands, and lets those share an entry that arrive while {@value #UNDER_WAY} others are
 * under way (group commit; D. J. DeWitt and others, <i>Implementation Techniques for Main Memory
 * Database Systems</i>, SIGMOD 1984). Nothing waits for company: what arrives before that is sent
 * at once.
 *
 * <p>Safe for use by any number of threads. Commands are sent in the order of their arrival; those
 * of different entries may change it on the way.
 */
final class CommandBatches {

  /**
   * So many, that over 200 ms a command waits at most 25 ms for its entry; so few, that they fill.
   */
  private static final int UNDER_WAY = 8;

  private static final int MOST_BYTES = 1 << 20;

  /**
   * An entry that was ordered.
   *
   * @param index in the log
   * @param reply to all of its commands
   */
  record Ordered(long index, ByteBuffer reply) {}

  /**
   * A command that was applied.
   *
   * @param place where it stands in the log, see {@link Place}
   */
  record Applied(MetadataUpdate update, long place) {}

  private record Waiting(ByteBuffer command, CompletableFuture<Applied> applied) {}

  private final Function<ByteBuffer, CompletableFuture<Ordered>> log;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * Batches for a log.
   *
   * @param log orders an entry
   */
  CommandBatches(Function<ByteBuffer, CompletableFuture<Ordered>> log) {
    this.log = log;
  }

  /** Has a command ordered; fails with what refused it, or with what the log failed with. */
  CompletableFuture<Applied> order(Command command) {
    Waiting arrived =
        new Waiting(ByteBuffer.wrap(command.encode()), new CompletableFuture<Applied>());
    synchronized (this) {
      waiting.add(arrived);
    }
    sendOn();
    return arrived.applied();
  }

  private void sendOn() {
    for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
      send(batch);
    }
  }

  /** The next commands to be sent, if any may be. */
  private synchronized List<Waiting> next() {
    List<Waiting> batch = new ArrayList<>();
    if (underWay == UNDER_WAY) {
      return batch;
    }
    int bytes = 0;
    while (!waiting.isEmpty()
        && batch.size() < Place.POSITIONS
        && (batch.isEmpty() || bytes + waiting.peek().command().remaining() <= MOST_BYTES)) {
      bytes += waiting.peek().command().remaining();
      batch.add(waiting.poll());
    }
    if (!batch.isEmpty()) {
      underWay++;
    }
    return batch;
  }

  private void send(List<Waiting> batch) {
    CompletableFuture<Ordered> ordered;
    try {
      ordered = log.apply(Entry.of(batch.stream().map(Waiting::command).toList()));
    } catch (RuntimeException e) {
      ordered = CompletableFuture.failedFuture(e);
    }
    ordered.whenComplete(
        (entry, failure) -> {
          synchronized (this) {
            underWay--;
          }
          // Those that wait go on their way before those that are done are told.
          sendOn();
          answer(batch, entry, failure);
        });
  }

  private static void answer(List<Waiting> batch, Ordered entry, Throwable failure) {
    if (failure != null) {
      batch.forEach(command -> command.applied().completeExceptionally(failure));
      return;
    }
    try {
      List<ByteBuffer> replies = Entry.split(entry.reply());
      if (replies.size() != batch.size()) {
        throw new IllegalArgumentException(
            "%d replies to %d commands".formatted(replies.size(), batch.size()));
      }
      for (int i = 0; i < batch.size(); i++) {
        answer(batch.get(i).applied(), replies.get(i), Place.of(entry.index(), i));
      }
    } catch (IllegalArgumentException e) {
      batch.forEach(command -> command.applied().completeExceptionally(e));
    }
  }

  private static void answer(CompletableFuture<Applied> command, ByteBuffer reply, long place) {
    MetadataUpdate update;
    try {
      update = Reply.read(reply);
    } catch (RuntimeException e) {
      command.completeExceptionally(e);
      return;
    }
    command.complete(new Applied(update, place));
  }
}
