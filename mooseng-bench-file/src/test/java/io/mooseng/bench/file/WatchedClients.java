package io.mooseng.bench.file;

import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.TargetProvider;
import io.mooseng.bench.core.target.Targets;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Files in memory, reached by clients that are watched: what is renamed through which of them, and
 * in which order they are closed. For one trial at a time.
 */
public final class WatchedClients implements TargetProvider {

  static final String URI = "watched:/";

  /** All that were opened since the last first one, which is that of the session. */
  private static final List<Client> OPENED = new CopyOnWriteArrayList<>();

  private static final List<Client> CLOSED = new CopyOnWriteArrayList<>();

  static List<Client> opened() {
    return OPENED;
  }

  static List<Client> closed() {
    return CLOSED;
  }

  @Override
  public boolean accepts(URI uri) {
    return uri.getScheme().equals("watched");
  }

  @Override
  public String accepted() {
    return URI;
  }

  @Override
  public TargetDriver open(URI uri, TargetOptions options) throws OperationException {
    OPENED.clear();
    CLOSED.clear();
    return new Client(Targets.open("memory:/", options)).watched();
  }

  /** One that was opened. */
  static final class Client {

    private final TargetDriver driver;
    private final List<Object> renamed = new CopyOnWriteArrayList<>();

    private Client(TargetDriver driver) {
      this.driver = driver;
      OPENED.add(this);
    }

    /** How often this one asked for a name. */
    int renames() {
      return renamed.size();
    }

    private TargetDriver watched() {
      return (TargetDriver)
          Proxy.newProxyInstance(
              TargetDriver.class.getClassLoader(),
              new Class<?>[] {TargetDriver.class},
              (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "newClient":
          return new Client(driver).watched();
        case "close":
          CLOSED.add(this);
          return null;
        case "rename":
          renamed.add(arguments[0]);
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
}
