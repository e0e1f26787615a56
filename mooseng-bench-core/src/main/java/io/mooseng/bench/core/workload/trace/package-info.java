/**
 * Recorded runs: one line of JSON for each operation, in the form described in {@code
 * docs/workloads.md}.
 *
 * <p>A line is written when its operation has ended, so lines are in the order of ends, but for an
 * operation that was refused because of a name: it comes after the one that took the name. {@code
 * t} is the start it was intended to have. A file that is used before it was made existed, with the
 * size it had then; a replay that starts an operation before the one before on the same file has
 * ended must wait.
 */
package io.mooseng.bench.core.workload.trace;
