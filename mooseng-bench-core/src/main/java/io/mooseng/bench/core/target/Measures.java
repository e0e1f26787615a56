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
}
