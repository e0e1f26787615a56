package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.InFlightWindow;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a file for each of many clients at once, every one with a connection of its own, and then
 * reads all of them at once and verifies every byte: the program of {@link ClientMemoryTest}.
 * Prints what was recorded, in one line.
 */
final class ManyClients {

  private static final long ENDING_MILLIS = 5_000;

  private static final long SEED = 11;

  /** How long it takes is no matter here. */
  private static final ConnectionSettings PATIENT =
      ConnectionSettings.defaults().withDeadline(Duration.ofMinutes(4));

  private ManyClients() {}

  /**
   * @param arguments address, size of a file in bytes, clients
   */
  public static void main(String[] arguments) throws OperationException, InterruptedException {
    Payload payload = Payload.of(SEED, 0, new ByteSize(Long.parseLong(arguments[1])));
    OperationRecorder recorder = new OperationRecorder();
    List<Target> clients = new ArrayList<>();
    GrpcOptions options = GrpcOptions.defaults().withConnections(PATIENT);
    clients.add(new Target(GrpcDriver.open(arguments[0], options), recorder, Ticker.SYSTEM));
    while (clients.size() < Integer.parseInt(arguments[2])) {
      clients.add(clients.get(0).newClient());
    }
    read(clients, write(clients, payload), payload);
    RecordedInterval recorded = recorder.drain();
    clients.forEach(Target::close);
    System.out.printf(
        "%d operations, %d B, failures %s, %d threads of the client%n",
        recorded.successes(), recorded.bytes(), recorded.failureMessages(), clientThreads());
  }

  /** A write blocks its thread. */
  private static List<FileRef> write(List<Target> clients, Payload payload)
      throws InterruptedException {
    FileRef root = clients.get(0).driver().root();
    FileRef[] files = new FileRef[clients.size()];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < files.length; i++) {
      int own = i;
      threads.add(
          new Thread(
              () ->
                  files[own] = clients.get(own).write(root, "file-" + own, payload).orElseThrow()));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return List.of(files);
  }

  private static void read(List<Target> clients, List<FileRef> files, Payload payload)
      throws InterruptedException {
    List<InFlightWindow> windows = clients.stream().map(client -> new InFlightWindow(1)).toList();
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).readAsync(files.get(i), payload, windows.get(i));
    }
    for (int i = 0; i < clients.size(); i++) {
      windows.get(i).drain(clients.get(i));
    }
  }

  /** Those that do not end by themselves: a thread whose work is done may need a moment. */
  private static long clientThreads() throws InterruptedException {
    long left = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("mooseng-client")) {
        thread.join(ENDING_MILLIS);
        left += thread.isAlive() ? 1 : 0;
      }
    }
    return left;
  }
}
