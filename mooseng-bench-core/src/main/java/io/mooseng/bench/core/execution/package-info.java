/**
 * Planned and recorded operations performed on a target, one measured operation for each, with what
 * is read compared with what was written.
 *
 * <p>{@link io.mooseng.bench.core.execution.OperationExecutor} knows the files, and makes the ones
 * that exist beforehand; a {@link io.mooseng.bench.core.execution.Worker} performs operations in
 * one thread; {@link io.mooseng.bench.core.execution.MixClient} takes them from a workload, {@link
 * io.mooseng.bench.core.execution.ReplayPlan} from a trace.
 */
package io.mooseng.bench.core.execution;
