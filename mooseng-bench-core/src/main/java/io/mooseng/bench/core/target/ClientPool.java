package io.mooseng.bench.core.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Many clients of one target, each a closed loop of its own: with a fixed number of operations
 * under way, of which the next starts when one of them has ended. They do not need a thread each:
 * whoever feeds the pool says what is to be done once more, and the client that has been free for
 * longest does it.
 *
 * <p>A client whose operations fail goes on with the next like any other; it cannot keep the others
 * from theirs. Safe for use by any number of threads.
 */
public final class ClientPool implements AutoCloseable {

  /** Telling a server that is gone takes a while for each client. */
  private static final int CLOSING_THREADS = 16;

  private final List<Client> clients = new ArrayList<>();
  private final Queue<Client> free = new ConcurrentLinkedQueue<>();
  private final InFlightWindow window;

  /**
   * @param targets one for each client, at least one; closed with the pool
   * @param files what the clients work on, at least one; each has its own as far as they go round
   * @param inFlight operations of each client at once, at least 1
   */
  public ClientPool(List<Target> targets, List<KnownFile> files, int inFlight) {
    for (Target target : targets) {
      clients.add(new Client(target, files.get(clients.size() % files.size())));
    }
    // In turns, so that none has its second operation before others have their first.
    for (int i = 0; i < inFlight; i++) {
      free.addAll(clients);
    }
    this.window = new InFlightWindow(free.size());
  }

  /** One of the clients. */
  private final class Client implements Place {

    private final Target target;
    private final KnownFile file;
    private final AtomicLong successes = new AtomicLong();

    Client(Target target, KnownFile file) {
      this.target = target;
      this.file = file;
    }

    @Override
    public void ended(boolean success) {
      if (success) {
        successes.incrementAndGet();
      }
      free.add(this);
    }

    @Override
    public void leave() {
      window.leave();
    }
  }

  /** Has one more whole file read, as {@link Target#readAsync} does; waits while enough are. */
  public void read() throws InterruptedException {
    submit(client -> client.target.readAsync(client.file.file(), client.file.content()));
  }

  /** Has one more file asked for its size and type; see {@link #read}. */
  public void stat() throws InterruptedException {
    submit(client -> client.target.statAsync(client.file.file()));
  }

  private void submit(Function<Client, CompletableFuture<Boolean>> start)
      throws InterruptedException {
    window.submit(
        anyTarget(),
        () -> {
          // There is one: the window has a place for each, and a client is free before its place.
          Client client = free.remove();
          return client.target.occupy(client, () -> start.apply(client));
        });
  }

  private Target anyTarget() {
    return clients.get(0).target;
  }

  /** Waits until every operation has ended. */
  public void drain() throws InterruptedException {
    window.drain(anyTarget());
  }

  /** How many operations of each client have succeeded since this was asked last. */
  public long[] takeSuccesses() {
    return clients.stream().mapToLong(client -> client.successes.getAndSet(0)).toArray();
  }

  /** Closes all clients, several at once. */
  @Override
  public void close() {
    closeAll(clients.stream().map(client -> client.target).toList());
  }

  /**
   * Closes many targets, several at once; one that cannot be closed does not keep the others.
   *
   * @throws IllegalStateException if one of them cannot be closed, after the others were
   */
  public static void closeAll(List<Target> targets) {
    try {
      AtOnce.forEach(targets, CLOSING_THREADS, Target::close);
    } catch (RuntimeException e) {
      throw new IllegalStateException("a client cannot be closed", e);
    }
  }
}
