/**
 * Named mixes of operations, and the sequence of operations a mix means for each of some clients.
 * Nothing here touches a target or reads a clock.
 *
 * <p>{@link io.mooseng.bench.core.workload.mix.Workloads} holds the mixes that ship with the
 * program and those of a user's file. A {@link io.mooseng.bench.core.workload.mix.WorkloadPlan} is
 * one of them for a seed and a number of clients. To execute it:
 *
 * <pre>{@code
 * WorkloadPlan plan = new WorkloadPlan(workloads.named("web-home"), seed, clients);
 * plan.directories()            // create each, in this order
 * plan.initialFiles(client)     // write each; content: Payload.of(seed, fileId, size)
 * OperationStream stream = plan.stream(client);
 * while (time is left) {
 *   PlannedOperation operation = stream.next();
 *   ... perform it ...
 *   stream.succeeded(operation);   // or stream.failed(operation, kind)
 * }
 * }</pre>
 *
 * <p>A driver's handle of a file is kept by {@code fileId}, which a rename does not change. In an
 * open loop many operations of one stream may be under way: each is safe beside the others, and
 * outcomes may be reported in any order, from any thread.
 */
package io.mooseng.bench.core.workload.mix;
