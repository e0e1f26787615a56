package io.mooseng.bench.core.target;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what the benchmarks of a class ask of their target. Every benchmark class carries it; on a
 * method, it goes before that of the class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Measures {
  /** The kind of every operation recorded. */
  OperationKind value();

  /**
   * Whether one call of a method is a whole schedule of operations. JMH's score of such a row is
   * the length of the schedule, which says nothing, and is not reported.
   */
  boolean scheduled() default false;

  /**
   * Whether it needs more than one client thread, or starts some of its own. Virtual time has one
   * thread, so no model can answer such a benchmark.
   */
  boolean concurrent() default false;

  /** Whether it opens connections of its own besides those of the driver. A model has none. */
  boolean opensConnections() default false;

  /**
   * Whether the time of a TCP connect is what it measures. A relay cannot show that: the kernel of
   * the client's own machine completes the connect.
   */
  boolean timesTcpConnect() default false;

  /**
   * Whether it starts the system it measures, such as a cluster, instead of asking a target. Then
   * it runs only where the embedded server would have answered, and that one is not started.
   */
  boolean startsSystem() default false;
}
