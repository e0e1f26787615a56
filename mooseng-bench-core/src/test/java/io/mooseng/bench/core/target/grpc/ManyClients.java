package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.InFlightWindow;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one file through many clients at once, each with a connection of its own and one read at a
 * time, and verifies every byte: the program of {@link ClientMemoryTest}. Prints what was recorded,
 * in one line.
 */
final class ManyClients {

  private static final long ENDING_MILLIS = 5_000;

  static final long SEED = 11;

  private ManyClients() {}

  /**
   * @param arguments address, inode, size of the file in bytes, clients, reads of each
   */
  public static void main(String[] arguments) throws OperationException, InterruptedException {
    FileRef file = new Inode(Long.parseLong(arguments[1]));
    Payload payload = Payload.of(SEED, 0, new ByteSize(Long.parseLong(arguments[2])));
    int reads = Integer.parseInt(arguments[4]);
    OperationRecorder recorder = new OperationRecorder();
    List<Target> clients = new ArrayList<>();
    clients.add(
        new Target(GrpcDriver.open(arguments[0], GrpcOptions.defaults()), recorder, Ticker.SYSTEM));
    while (clients.size() < Integer.parseInt(arguments[3])) {
      clients.add(clients.get(0).newClient());
    }
    List<InFlightWindow> windows = clients.stream().map(client -> new InFlightWindow(1)).toList();
    for (int read = 0; read < reads; read++) {
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).readAsync(file, payload, windows.get(i));
      }
    }
    for (int i = 0; i < clients.size(); i++) {
      windows.get(i).drain(clients.get(i));
    }
    RecordedInterval recorded = recorder.drain();
    clients.forEach(Target::close);
    System.out.printf(
        "%d reads, %d B, failures %s, %d threads of the client%n",
        recorded.successes(), recorded.bytes(), recorded.failureMessages(), clientThreads());
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
