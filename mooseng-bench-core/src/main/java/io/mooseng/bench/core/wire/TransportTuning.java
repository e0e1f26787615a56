package io.mooseng.bench.core.wire;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.RecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.ResourceLeakDetector;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;

/** How both ends of a transfer drive their sockets. */
public final class TransportTuning {

  /**
   * Bytes each side lets the other send ahead, per stream and per connection: enough for 100 MB/s
   * at an RTT of 80 ms.
   */
  public static final int FLOW_CONTROL_WINDOW_BYTES = 8 << 20;

  private static final int SMALLEST_RECEIVE_BYTES = 2 * 1024;
  private static final int FIRST_RECEIVE_BYTES = 64 * 1024;

  /** Four times Netty's own limit: a transfer needs a quarter of the system calls. */
  private static final int LARGEST_RECEIVE_BYTES = 256 * 1024;

  private static final String LEAK_DETECTION = "io.grpc.netty.shaded.io.netty.leakDetection.level";

  private static final String MACHINE_ID = "io.grpc.netty.shaded.io.netty.machineId";

  /** Eight bytes, as Netty wants them; names no machine. */
  private static final String ANY_MACHINE = "02:00:00:00:00:00:00:01";

  static {
    // Only names channels in logs; Netty looks for a network card, and warns where there is none,
    // as in a network namespace.
    if (System.getProperty(MACHINE_ID) == null) {
      System.setProperty(MACHINE_ID, ANY_MACHINE);
    }
    // Netty takes a stack trace of every 128th buffer, to tell who loses one: a twentieth of the
    // cost of a small call. Whoever looks for a leak sets the property.
    if (System.getProperty(LEAK_DETECTION) == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private TransportTuning() {}

  /** Makes a server's connections run on {@code loops}. */
  public static NettyServerBuilder tune(NettyServerBuilder server, EventLoopGroup loops) {
    return server
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelType(
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .withChildOption(receiveBufferOption(), receiveBuffers());
  }

  /** Makes a client's connections run on {@code loops}. */
  public static NettyChannelBuilder tune(NettyChannelBuilder client, EventLoopGroup loops) {
    return client
        .eventLoopGroup(loops)
        .channelFactory(TransportTuning::newSocket)
        .withOption(receiveBufferOption(), receiveBuffers());
  }

  private static Channel newSocket() {
    Channel socket = Epoll.isAvailable() ? new EpollSocketChannel() : new NioSocketChannel();
    socket.pipeline().addLast(new SmallWrites());
    return socket;
  }

  // Netty deprecates the option for code that can reach the channel's configuration, which gRPC's
  // builders do not let it.
  @SuppressWarnings("deprecation")
  private static ChannelOption<RecvByteBufAllocator> receiveBufferOption() {
    return ChannelOption.RCVBUF_ALLOCATOR;
  }

  private static RecvByteBufAllocator receiveBuffers() {
    return new AdaptiveRecvByteBufAllocator(
        SMALLEST_RECEIVE_BYTES, FIRST_RECEIVE_BYTES, LARGEST_RECEIVE_BYTES);
  }

  /**
   * Daemon threads for connections, by epoll where there is one.
   *
   * @param name the first part of the threads' names
   */
  public static EventLoopGroup eventLoops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads,
        new DefaultThreadFactory(name, true),
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }
}
