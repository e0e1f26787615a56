package io.mooseng.bench.multiregion.consistency;

import io.grpc.Status;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.Reading;
import io.mooseng.bench.multiregion.client.RegionClient;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.HistoryRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Registers in a fresh directory of a cluster, and clients whose every operation is recorded. Each
 * value is written once in the life of the registers. Safe for use by any number of threads; each
 * client does one thing at a time.
 */
public final class RecordedRegisters implements AutoCloseable {

  /** Failures after which a write certainly has not and will not take effect. */
  private static final Set<Status.Code> NEVER_DONE =
      Set.of(
          Status.Code.FAILED_PRECONDITION,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.UNIMPLEMENTED);

  private final List<RegionClient> clients = new ArrayList<>();
  private final Map<String, RegionClient> distinct = new HashMap<>();
  private final List<String> paths = new ArrayList<>();
  private final AtomicLong values = new AtomicLong();
  private final Map<Long, Long> indexOfValue = new ConcurrentHashMap<>();
  private final String directory;
  private volatile HistoryRecorder recorder;

  /**
   * Makes the registers, in the region that leads, and connects the clients.
   *
   * @param places the region of each client
   * @param deadline of each operation
   * @throws OperationException if the registers cannot be made
   */
  public RecordedRegisters(
      RegionCluster cluster, String leader, List<String> places, int registers, Duration deadline)
      throws OperationException {
    this(cluster, leader, places, false, registers, deadline);
  }

  /**
   * As {@link #RecordedRegisters(RegionCluster, String, List, int, Duration)}.
   *
   * @param shared whether the clients of one region share their connections and their session; for
   *     crowds
   * @param deadline of each operation
   * @throws OperationException if the registers cannot be made
   */
  public RecordedRegisters(
      RegionCluster cluster,
      String leader,
      List<String> places,
      boolean shared,
      int registers,
      Duration deadline)
      throws OperationException {
    for (String place : places) {
      String key = shared ? place : place + " " + clients.size();
      clients.add(distinct.computeIfAbsent(key, same -> client(cluster, place, deadline)));
    }
    directory = "/registers-" + Long.toHexString(System.nanoTime());
    String uri = "mooseng://" + cluster.description().region(leader).address();
    try (TargetDriver driver = Targets.open(uri, TargetOptions.defaults())) {
      OperationTrace trace = new OperationTrace();
      FileRef parent = driver.createDirectory(driver.root(), directory.substring(1), trace);
      for (int i = 0; i < registers; i++) {
        driver.create(parent, "r" + i, trace);
        paths.add(directory + "/r" + i);
      }
    } catch (OperationException | RuntimeException e) {
      close();
      throw e;
    }
    forget();
  }

  private static RegionClient client(RegionCluster cluster, String region, Duration deadline) {
    RegionClient client =
        new RegionClient(cluster.description(), cluster.matrix(), region, deadline);
    cluster.description().names().forEach(client::connect);
    return client;
  }

  /** The directory of the registers. */
  public String directory() {
    return directory;
  }

  /** Makes a file in the directory; that is no operation of the history. */
  public CompletableFuture<Long> create(int client, String name) {
    return clients.get(client).create(directory, name);
  }

  /** Begins a new history; the registers hold what they hold, so write each before it is read. */
  public void forget() {
    recorder = new HistoryRecorder(clients.size(), System::nanoTime);
  }

  public int registers() {
    return paths.size();
  }

  /** Where a client stands. */
  public String region(int client) {
    return clients.get(client).region();
  }

  /** Writes a value that was never written before. */
  public CompletableFuture<Long> write(int client, int register) {
    long value = values.incrementAndGet();
    HistoryRecorder history = recorder;
    history.invoke(client, paths.get(register), new Write(value));
    return clients
        .get(client)
        .write(paths.get(register), value)
        .whenComplete(
            (index, failure) -> {
              if (failure == null) {
                indexOfValue.put(value, index);
                history.complete(client, new Write(value));
              } else if (NEVER_DONE.contains(codeOf(failure))) {
                history.withdraw(client);
              }
            })
        .thenApply(index -> value);
  }

  /** Reads under a model; a read that fails leaves no trace in the history. */
  public CompletableFuture<Reading> read(
      int client, int register, ConsistencyModel model, String leader) {
    HistoryRecorder history = recorder;
    history.invoke(client, paths.get(register), Read.asked());
    return clients
        .get(client)
        .read(paths.get(register), model, leader)
        .whenComplete(
            (reading, failure) -> {
              if (failure == null) {
                history.complete(client, new Read(true, reading.value()));
              } else {
                history.withdraw(client);
              }
            });
  }

  /**
   * What has been recorded since {@link #forget}, and where in the log acknowledged writes stand.
   */
  public RegisterRecord record() {
    return new RegisterRecord(recorder.history(), Map.copyOf(indexOfValue));
  }

  /** Why a call failed, as gRPC says it. */
  public static Status.Code codeOf(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return Status.fromThrowable(cause).getCode();
  }

  @Override
  public void close() {
    distinct.values().forEach(RegionClient::close);
  }
}
