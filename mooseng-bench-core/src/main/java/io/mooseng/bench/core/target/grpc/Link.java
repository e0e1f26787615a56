package io.mooseng.bench.core.target.grpc;

import io.grpc.ManagedChannel;

/** A channel, and where it leads to. */
record Link(HostPort address, ManagedChannel channel) {}
