package io.mooseng.bench.file;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.TargetProvider;
import io.mooseng.bench.core.target.Targets;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files in memory that do not do with changes what is expected of them. For one trial at a time.
 */
public final class UncertainFiles implements TargetProvider {

  /** Every {@value #TURN}th change is made, and reported as not answered in time. */
  static final String URI = "uncertain-files:/";

  static final int TURN = 5;

  /** A rename replaces what has the name. */
  static final String REPLACING_URI = "replacing-files:/";

  private static final Set<String> CHANGES = Set.of("overwrite", "append", "rename");
  private static final AtomicInteger CHANGED = new AtomicInteger();

  @Override
  public boolean accepts(URI uri) {
    return Set.of(URI, REPLACING_URI).contains(uri.toString());
  }

  @Override
  public String accepted() {
    return URI;
  }

  @Override
  public TargetDriver open(URI uri, TargetOptions options) throws OperationException {
    CHANGED.set(0);
    return client(Targets.open("memory:/", options), uri.toString().equals(REPLACING_URI));
  }

  private static TargetDriver client(TargetDriver driver, boolean replaces) {
    return (TargetDriver)
        Proxy.newProxyInstance(
            TargetDriver.class.getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> call(driver, replaces, method, arguments));
  }

  private static Object call(
      TargetDriver driver, boolean replaces, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("newClient")) {
      return client(driver, replaces);
    }
    try {
      if (replaces && method.getName().equals("rename")) {
        return replace(driver, method, arguments);
      }
      Object answer = method.invoke(driver, arguments);
      if (!replaces
          && CHANGES.contains(method.getName())
          && CHANGED.incrementAndGet() % TURN == 0) {
        throw OperationException.light(FailureKind.TIMEOUT, "planted after the change");
      }
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static synchronized Object replace(TargetDriver driver, Method method, Object[] arguments)
      throws ReflectiveOperationException, OperationException {
    OperationTrace trace = new OperationTrace();
    try {
      driver.delete(driver.find((FileRef) arguments[1], (String) arguments[2], trace), trace);
    } catch (OperationException e) {
      if (e.kind() != FailureKind.NOT_FOUND) {
        throw e;
      }
    }
    return method.invoke(driver, arguments);
  }
}
