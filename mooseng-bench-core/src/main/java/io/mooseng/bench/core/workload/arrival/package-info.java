/**
 * When operations are to start: schedules fixed before a run begins, independent of how fast the
 * target answers (open loop).
 *
 * <p>A {@link io.mooseng.bench.core.workload.arrival.ArrivalSchedule} says what was asked for; each
 * run of it takes a new {@link io.mooseng.bench.core.workload.arrival.Arrivals}, from which any
 * number of threads take the next intended start. Nothing here reads a clock or waits: the executor
 * adds an offset to the time at which it began, waits until then, and measures from there, also
 * when it is late.
 */
package io.mooseng.bench.core.workload.arrival;
