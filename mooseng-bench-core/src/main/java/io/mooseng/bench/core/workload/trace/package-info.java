/**
 * Recorded runs: one line of JSON for each operation, in the form described in {@code
 * docs/workloads.md}.
 *
 * <p>An executor writes an operation when it has ended, so lines are in the order of ends; {@code
 * t} is the start it was intended to have. To replay a trace that {@link
 * io.mooseng.bench.core.workload.mix.WorkloadPlan} led to, make a plan from the header's workload,
 * seed and number of clients, which says what has to exist before the first operation; then start
 * every operation at its {@code t}. Operations of one file do not overlap in a trace, unless all of
 * them read; a replay that starts one of them before the one before has ended must wait.
 */
package io.mooseng.bench.core.workload.trace;
