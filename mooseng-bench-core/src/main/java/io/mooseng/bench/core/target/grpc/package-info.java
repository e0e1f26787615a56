/**
 * The MooseNG client: a {@link io.mooseng.bench.core.target.TargetDriver} that speaks the protocol
 * with exactly the calls it asks for, one event-loop thread for all of them.
 */
package io.mooseng.bench.core.target.grpc;
