package io.mooseng.bench.multiregion.client;

import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder.LocalSocketPicker;
import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.multiregion.cluster.Region;
import io.mooseng.bench.proto.RegionServiceGrpc;
import io.mooseng.bench.proto.RegionServiceGrpc.RegionServiceFutureStub;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Connections from one region to all of them: within the region without a detour, to every other
 * one over the emulated link. Safe for use by any number of threads.
 */
public final class RegionChannels implements AutoCloseable {

  private static final long CLOSE_SECONDS = 5;

  private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();

  /** Connects when first used. */
  public RegionChannels(ClusterDescription cluster, String from) {
    for (String to : cluster.names()) {
      Region region = cluster.reached(from, to);
      NettyChannelBuilder builder =
          NettyChannelBuilder.forAddress(region.host(), region.port()).usePlaintext();
      String stand = cluster.clients().get(from);
      if (stand != null) {
        InetSocketAddress local = new InetSocketAddress(stand, 0);
        builder.localSocketPicker(
            new LocalSocketPicker() {
              @Override
              public SocketAddress createSocketAddress(SocketAddress remote, Attributes ignored) {
                return local;
              }
            });
      }
      channels.put(to, builder.build());
    }
  }

  /** How a region's own calls are made. */
  RegionServiceFutureStub stub(String region, long deadlineNanos) {
    return RegionServiceGrpc.newFutureStub(channels.get(region))
        .withDeadlineAfter(deadlineNanos, TimeUnit.NANOSECONDS);
  }

  /** A failed connection is tried again now, not after a pause that grows. */
  void reconnect(String region) {
    channels.get(region).resetConnectBackoff();
  }

  /** The channel to a region. */
  public ManagedChannel channel(String region) {
    return channels.get(region);
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : channels.values()) {
      try {
        channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
