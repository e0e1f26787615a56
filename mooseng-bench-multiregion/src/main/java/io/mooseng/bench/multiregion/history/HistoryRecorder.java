package io.mooseng.bench.multiregion.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Records what clients do, as they do it. Safe for use by any number of threads; each client does
 * one thing at a time.
 *
 * <p>An operation is either completed, or withdrawn because it certainly never took effect, or left
 * open: then it stays pending for ever, and whatever the same client does next is recorded as
 * another process.
 */
public final class HistoryRecorder {

  private final LongSupplier clock;
  private final int clients;
  private final Map<Integer, Integer> processes = new HashMap<>();
  private final Map<Integer, Operation> open = new HashMap<>();
  private final List<Operation> closed = new ArrayList<>();
  private int nextProcess;
  private long last = Long.MIN_VALUE;

  /**
   * @param clients how many there are; they are called 0 to {@code clients - 1}
   * @param clock nanoseconds, the same clock for all clients
   */
  public HistoryRecorder(int clients, LongSupplier clock) {
    this.clients = clients;
    this.clock = clock;
    this.nextProcess = clients;
  }

  /** A client is about to ask. */
  public synchronized void invoke(int client, String key, Action action) {
    if (client < 0 || client >= clients) {
      throw new IllegalArgumentException("there is no client " + client + " of " + clients);
    }
    Operation before = open.remove(client);
    if (before != null) {
      closed.add(before);
      processes.put(client, nextProcess++);
    }
    int process = processes.getOrDefault(client, client);
    open.put(client, new Operation(process, key, action.untold(), now(), Operation.PENDING));
  }

  /** A client was answered. */
  public synchronized void complete(int client, Action told) {
    long now = now();
    Operation asked = taken(client);
    closed.add(new Operation(asked.process(), asked.key(), told, asked.invokedNanos(), now));
  }

  /** A client learnt that its operation was not carried out and never will be. */
  public synchronized void withdraw(int client) {
    taken(client);
  }

  /** No two events at once: what happened in this order is recorded in this order. */
  private long now() {
    last = Math.max(last + 1, clock.getAsLong());
    return last;
  }

  private Operation taken(int client) {
    Operation asked = open.remove(client);
    if (asked == null) {
      throw new IllegalStateException("client " + client + " has no operation under way");
    }
    return asked;
  }

  /** All operations so far, those under way as pending. */
  public synchronized History history() {
    List<Operation> all = new ArrayList<>(closed);
    all.addAll(open.values());
    return new History(all);
  }
}
