/**
 * How operations are offered to a target, and whether it kept up: open loop, by a schedule fixed in
 * advance.
 *
 * <p>{@link io.mooseng.bench.core.load.OpenLoop} starts operations at their intended times, however
 * slowly the target answers. What an operation is, it does not know: that is a {@link
 * io.mooseng.bench.core.load.ScheduledOperations}, or a {@link
 * io.mooseng.bench.core.load.BlockingOperations} where each needs a thread. All waiting goes
 * through {@link io.mooseng.bench.core.load.Pacing}, so that it happens in virtual time as well.
 */
package io.mooseng.bench.core.load;
