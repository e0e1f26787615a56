package io.mooseng.bench.core.target;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Does the same with many things, several at once: for set-up and clean-up, not measured. */
public final class AtOnce {

  private AtOnce() {}

  /**
   * Returns when the action has ended for all of them; one that fails does not keep the others from
   * theirs.
   *
   * @param mostThreads most actions at once, at least 1; each in a thread that is ended afterwards
   * @throws RuntimeException what an action threw, after all were done; of several, any
   * @throws Error likewise
   */
  public static <T> void forEach(List<T> all, int mostThreads, Consumer<? super T> action) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(mostThreads, all.size())),
            work -> {
              Thread thread = new Thread(work, "at-once");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletableFuture.allOf(
              all.stream()
                  .map(one -> CompletableFuture.runAsync(() -> action.accept(one), threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      threads.shutdown();
    }
  }
}
