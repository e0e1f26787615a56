/**
 * Pseudo-random numbers that are the same on every machine and JVM for the same seed: whole-number
 * arithmetic and {@link java.lang.StrictMath} only; the JDK and nothing else.
 */
package io.mooseng.bench.core.random;
