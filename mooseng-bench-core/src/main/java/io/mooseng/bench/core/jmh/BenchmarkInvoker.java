package io.mooseng.bench.core.jmh;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Calls a benchmark method without JMH: makes its states, sets their parameters, and runs their
 * set-up and tear-down as JMH's annotations ask. For rows answered by a model, where JMH's clock
 * would time the model, and for tests.
 *
 * <p>One thread; every state has one instance. Set-up and tear-down of {@link Level#Invocation} are
 * not supported: no benchmark here uses them.
 */
public final class BenchmarkInvoker {

  private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

  private final Map<String, String> parameters;
  private final Map<Class<?>, Object> states = new LinkedHashMap<>();
  private final Method method;
  private final Object benchmark;
  private final Object[] arguments;

  /**
   * Sets a benchmark up for a trial.
   *
   * @param parameters values of {@code @Param} fields; the first declared one where missing
   */
  public BenchmarkInvoker(Class<?> benchmarkClass, String method, Map<String, String> parameters) {
    this.parameters = Map.copyOf(parameters);
    this.method =
        Arrays.stream(benchmarkClass.getMethods())
            .filter(candidate -> candidate.getName().equals(method))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no public method " + method));
    this.benchmark = instance(benchmarkClass);
    this.arguments = arguments(this.method);
  }

  private Object instance(Class<?> type) {
    if (type == ThreadParams.class) {
      return ONLY_THREAD;
    }
    Object known = states.get(type);
    if (known != null) {
      return known;
    }
    try {
      Object made = type.getDeclaredConstructor().newInstance();
      if (type.isAnnotationPresent(State.class)) {
        setParameters(type, made);
        runSetUp(made, Level.Trial);
        states.put(type, made);
      }
      return made;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private void setParameters(Class<?> type, Object state) throws IllegalAccessException {
    for (Field field : type.getFields()) {
      Param declared = field.getAnnotation(Param.class);
      if (declared != null) {
        String value = parameters.getOrDefault(field.getName(), declared.value()[0]);
        field.set(state, field.getType() == int.class ? (Object) Integer.valueOf(value) : value);
      }
    }
  }

  private Object[] arguments(Method called) {
    return Arrays.stream(called.getParameters())
        .map(Parameter::getType)
        .map(this::instance)
        .toArray();
  }

  private void runSetUp(Object state, Level level) {
    for (Method candidate : state.getClass().getMethods()) {
      Setup setup = candidate.getAnnotation(Setup.class);
      if (setup != null && setup.value() == level) {
        call(state, candidate, arguments(candidate));
      }
    }
  }

  private void runTearDown(Level level) {
    List<Object> newestFirst = new ArrayList<>(states.values());
    Collections.reverse(newestFirst);
    for (Object state : newestFirst) {
      for (Method candidate : state.getClass().getMethods()) {
        TearDown tearDown = candidate.getAnnotation(TearDown.class);
        if (tearDown != null && tearDown.value() == level) {
          call(state, candidate, arguments(candidate));
        }
      }
    }
  }

  /** Begins an iteration. */
  public void startIteration() {
    List.copyOf(states.values()).forEach(state -> runSetUp(state, Level.Iteration));
  }

  /** Calls the benchmark method once and returns what it returned. */
  public Object invoke() {
    return call(benchmark, method, arguments);
  }

  /** Ends an iteration. */
  public void endIteration() {
    runTearDown(Level.Iteration);
  }

  /** Ends the trial. */
  public void endTrial() {
    runTearDown(Level.Trial);
  }

  private static Object call(Object receiver, Method called, Object[] arguments) {
    try {
      return called.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException(called + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(called + " is not public", e);
    }
  }
}
