package io.mooseng.bench.multiregion.failover;

import io.mooseng.bench.multiregion.client.ClusterWatch;
import io.mooseng.bench.proto.RegionStatusAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Who says to lead, and in which term, as an observer sees it who asks every region all the time. A
 * thread for each region, so that one that does not answer delays nobody else.
 */
final class LeadershipLog implements AutoCloseable {

  private static final long PAUSE_NANOS = 5_000_000;

  /**
   * A change of what a region says.
   *
   * @param nanos when the answer was there, by {@link System#nanoTime}
   */
  record Sight(long nanos, String region, String role, long term, boolean ready) {
    @Override
    public String toString() {
      return region + " is " + role + (ready ? ", ready," : "") + " in term " + term;
    }
  }

  private final List<Sight> sights = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  LeadershipLog(ClusterWatch watch, List<String> regions) {
    for (String region : regions) {
      Thread thread = new Thread(() -> look(watch, region), "watch-" + region);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void look(ClusterWatch watch, String region) {
    Sight last = null;
    while (!over) {
      Optional<RegionStatusAnswer> answer = watch.status(region);
      if (answer.isPresent()) {
        RegionStatusAnswer status = answer.get();
        Sight sight =
            new Sight(
                System.nanoTime(), region, status.getRole(), status.getTerm(), status.getReady());
        if (last == null
            || !last.role().equals(sight.role())
            || last.term() != sight.term()
            || last.ready() != sight.ready()) {
          add(sight);
          last = sight;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized void add(Sight sight) {
    sights.add(sight);
  }

  /** All changes so far, by time. */
  synchronized List<Sight> sights() {
    return sights.stream()
        .sorted((one, other) -> Long.compare(one.nanos(), other.nanos()))
        .toList();
  }

  @Override
  public void close() {
    over = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
