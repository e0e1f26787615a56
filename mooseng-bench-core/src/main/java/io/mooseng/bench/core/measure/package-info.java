/**
 * Measures what benchmarks do: recorders, clocks and stages while an iteration runs, frozen into
 * immutable records when it ends; and the ceilings of the machine they are judged against.
 */
package io.mooseng.bench.core.measure;
