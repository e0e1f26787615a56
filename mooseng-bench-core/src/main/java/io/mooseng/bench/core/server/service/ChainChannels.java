package io.mooseng.bench.core.server.service;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Connections to other chunkservers, kept for reuse. Safe for use by any number of threads. */
public final class ChainChannels implements AutoCloseable {

  private final Function<String, ManagedChannel> connect;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  /**
   * @param connect makes a channel to {@code host:port}
   */
  public ChainChannels(Function<String, ManagedChannel> connect) {
    this.connect = connect;
  }

  Channel channel(String address) {
    return channels.computeIfAbsent(address, connect);
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
