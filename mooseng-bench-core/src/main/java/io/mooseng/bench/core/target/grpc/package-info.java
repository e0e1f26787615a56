/**
 * The MooseNG client: a {@link io.mooseng.bench.core.target.TargetDriver} that speaks the protocol
 * with exactly the calls it asks for, on a few event-loop threads.
 */
package io.mooseng.bench.core.target.grpc;
