package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.RegionClient;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Some seconds of writes and reads from every region before anything is measured, so that what a
 * row measures has been compiled. A few dozen operations, as a row has, are answered by the
 * interpreter: 20 ms a write instead of 3 ms, with three regions on two processors.
 */
final class ClusterWarmUp {

  private static final long LENGTH_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

  /**
   * As many as a region has entries of the log under way: so each operation takes the whole way.
   */
  private static final int UNDER_WAY = 8;

  /** Of every so many operations, one is a read. */
  private static final int READ_EVERY = 4;

  private static final ByteSize SMALL = ByteSize.parse("4KB");
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private ClusterWarmUp() {}

  /** Comes back when it is over. */
  static void run(RegionCluster cluster, String leader, TargetSession session) {
    TargetSession.Place place = session.newPlace("warm-up");
    session.setUp((driver, trace) -> driver.create(place.directory(), "register", trace));
    String path = "/" + place.path() + "/register";
    long end = System.nanoTime() + LENGTH_NANOS;
    List<RegionClient> clients = new ArrayList<>();
    List<CompletableFuture<Void>> loops = new ArrayList<>();
    try {
      for (String region : cluster.description().names()) {
        RegionClient client =
            new RegionClient(cluster.description(), cluster.matrix(), region, DEADLINE);
        clients.add(client);
        for (int i = 0; i < UNDER_WAY; i++) {
          loops.add(again(client, path, leader, i, end));
        }
      }
      CompletableFuture.allOf(loops.toArray(CompletableFuture[]::new)).join();
    } finally {
      clients.forEach(RegionClient::close);
    }
  }

  /**
   * The same for files and their copies. Each is removed again at once, so that none waits to be
   * copied when this is over.
   */
  static void writeFiles(TargetSession session) {
    FileRef directory = session.newDirectory("warm-up");
    Payload payload = session.payload(SMALL, 0);
    long end = System.nanoTime() + LENGTH_NANOS;
    AtomicInteger number = new AtomicInteger();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < UNDER_WAY; i++) {
      Runnable loop =
          () -> {
            while (System.nanoTime() < end) {
              String name = "file-" + number.getAndIncrement();
              session.setUp((driver, trace) -> writeAndRemove(driver, directory, name, payload));
            }
          };
      Thread client = new Thread(loop, "warm-up-" + i);
      client.setDaemon(true);
      client.start();
      clients.add(client);
    }
    try {
      for (Thread client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster was warmed up", e);
    }
  }

  /** Answers nothing; what fails is of no interest here. */
  private static Void writeAndRemove(
      TargetDriver driver, FileRef directory, String name, Payload payload) {
    try {
      driver.delete(
          driver.write(directory, name, payload, new OperationTrace()), new OperationTrace());
    } catch (OperationException e) {
      // A row that cannot write will say so itself.
    }
    return null;
  }

  /** One operation after the other until the end; what fails is of no interest here. */
  private static CompletableFuture<Void> again(
      RegionClient client, String path, String leader, int number, long end) {
    CompletableFuture<?> operation =
        number % READ_EVERY == 0
            ? client.read(path, ConsistencyModel.LINEARIZABLE, leader)
            : client.write(path, number);
    return operation
        .handle((answer, failure) -> failure)
        .thenCompose(
            failure ->
                System.nanoTime() >= end
                    ? CompletableFuture.completedFuture(null)
                    : again(client, path, leader, number + 1, end));
  }
}
