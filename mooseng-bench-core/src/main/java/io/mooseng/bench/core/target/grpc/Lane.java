package io.mooseng.bench.core.target.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;

/**
 * One of the channels to an address.
 *
 * @param number from 0, among the channels to that address
 * @param loop the thread on which its callbacks run
 */
record Lane(int number, ManagedChannel channel, EventLoop loop) {}
