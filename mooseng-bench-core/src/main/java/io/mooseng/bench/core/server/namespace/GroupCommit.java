package io.mooseng.bench.core.server.namespace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Forces a journal once for all who wait, from a thread of its own: while the device is busy with
 * one force, requests gather for the next.
 */
final class GroupCommit implements AutoCloseable {

  private final Journal journal;
  private final BlockingQueue<CompletableFuture<Void>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "journal-force");

  GroupCommit(Journal journal) {
    this.journal = journal;
    thread.setDaemon(true);
    thread.start();
  }

  /** Completes when what was appended before this call is on the device. */
  CompletableFuture<Void> forced() {
    CompletableFuture<Void> forced = new CompletableFuture<>();
    waiting.add(forced);
    return forced;
  }

  private void run() {
    List<CompletableFuture<Void>> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(waiting.take());
        waiting.drainTo(batch);
        try {
          journal.force();
          batch.forEach(forced -> forced.complete(null));
        } catch (IOException e) {
          batch.forEach(forced -> forced.completeExceptionally(e));
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      IOException closed = new IOException("the server is shutting down");
      waiting.forEach(forced -> forced.completeExceptionally(closed));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
