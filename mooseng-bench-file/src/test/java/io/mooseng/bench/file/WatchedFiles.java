package io.mooseng.bench.file;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.TargetProvider;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.workload.Payload;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files in memory, of which it is known who wrote what where, and how many there were at most; and
 * that may be written wrongly. For one trial at a time.
 */
public final class WatchedFiles implements TargetProvider {

  /** Stores what it is given. */
  static final String URI = "watched-files:/";

  /** Acknowledges a write when half of it is stored. */
  static final String LYING_URI = "lying-files:/";

  /**
   * Stores half of what {@link #LIAR} writes, and cannot read what any other client has written.
   */
  static final String DEFECTIVE_URI = "defective-files:/";

  /** Number of a client. */
  static final int LIAR = 3;

  /** Refuses every second write, and to remove any file by itself. */
  static final String FAILING_URI = "failing-files:/";

  /**
   * A file that was written.
   *
   * @param client number of the client, in the order they were opened; 0 is that of the session
   * @param parent the directory, the same object for the same one
   */
  record Written(int client, FileRef parent, String name, int contentCrc) {}

  private static final List<Written> WRITTEN = new CopyOnWriteArrayList<>();
  private static final List<Integer> REMOVERS = new CopyOnWriteArrayList<>();
  private static final List<Integer> CLOSED = new CopyOnWriteArrayList<>();
  private static final AtomicInteger CLIENTS = new AtomicInteger();
  private static final AtomicInteger FILES = new AtomicInteger();
  private static final AtomicInteger MOST_FILES = new AtomicInteger();
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static final AtomicInteger MEETING = new AtomicInteger();
  private static volatile CyclicBarrier meeting;
  private static volatile TargetDriver memory;

  /** All files that were written since the target was opened. */
  static List<Written> written() {
    return WRITTEN;
  }

  /** The next so many writes wait until all of them are under way. */
  static void meet(int writes) {
    meeting = new CyclicBarrier(writes);
    MEETING.set(writes);
  }

  /** The clients that asked to remove a file by itself. */
  static List<Integer> removers() {
    return REMOVERS;
  }

  /** The clients that were closed, in that order. */
  static List<Integer> closed() {
    return CLOSED;
  }

  /** Most files that were there at once, of those deleted one by one. */
  static int mostFiles() {
    return MOST_FILES.get();
  }

  /** What is in the root of the target. */
  static List<String> left() {
    try {
      return memory.list(memory.root(), 0, 10, new OperationTrace()).names();
    } catch (OperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean accepts(URI uri) {
    return List.of(URI, LYING_URI, DEFECTIVE_URI, FAILING_URI).contains(uri.toString());
  }

  @Override
  public String accepted() {
    return URI;
  }

  @Override
  public TargetDriver open(URI uri, TargetOptions options) throws OperationException {
    WRITTEN.clear();
    CLOSED.clear();
    REMOVERS.clear();
    List.of(CLIENTS, FILES, MOST_FILES, ASKED, MEETING).forEach(count -> count.set(0));
    memory = Targets.open("memory:/", options);
    return client(memory, uri.toString());
  }

  private static TargetDriver client(TargetDriver driver, String uri) {
    int number = CLIENTS.getAndIncrement();
    return (TargetDriver)
        Proxy.newProxyInstance(
            TargetDriver.class.getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> call(number, driver, uri, method, arguments));
  }

  private static Object call(
      int number, TargetDriver driver, String uri, Method method, Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "newClient":
        return client(driver, uri);
      case "close":
        CLOSED.add(number);
        return null;
      case "write":
        if (MEETING.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          meeting.await(30, TimeUnit.SECONDS);
        }
        Payload payload = (Payload) arguments[2];
        if (uri.equals(FAILING_URI) && ASKED.incrementAndGet() % 2 == 0) {
          throw OperationException.light(FailureKind.UNAVAILABLE, "planted failure");
        }
        if (uri.equals(LYING_URI) || uri.equals(DEFECTIVE_URI) && number == LIAR) {
          arguments[2] = payload.part(0, payload.size() / 2);
        }
        WRITTEN.add(
            new Written(number, (FileRef) arguments[0], (String) arguments[1], payload.crc32c()));
        MOST_FILES.accumulateAndGet(FILES.incrementAndGet(), Math::max);
        break;
      case "read":
        if (uri.equals(DEFECTIVE_URI) && number != LIAR) {
          throw OperationException.light(FailureKind.UNAVAILABLE, "planted failure");
        }
        break;
      case "deleteTree":
        if (uri.equals(DEFECTIVE_URI) && ASKED.incrementAndGet() == 1) {
          throw OperationException.light(FailureKind.UNAVAILABLE, "planted failure");
        }
        break;
      case "delete":
        REMOVERS.add(number);
        if (uri.equals(FAILING_URI)) {
          throw OperationException.light(FailureKind.UNAVAILABLE, "planted failure");
        }
        FILES.decrementAndGet();
        break;
      default:
    }
    try {
      return method.invoke(driver, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
