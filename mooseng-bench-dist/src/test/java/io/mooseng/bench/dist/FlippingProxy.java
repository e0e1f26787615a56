package io.mooseng.bench.dist;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.GetFileInfoResponse;
import io.mooseng.bench.proto.ReadChunkResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Stands before a MooseNG server and changes one byte of every large frame that is read through it,
 * with its checksum made to match: what a broken server would do that no transport can notice.
 */
final class FlippingProxy implements AutoCloseable {

  private static final int LEAST_BYTES = 16 << 10;
  private static final int MANY = 1_000_000;

  private final ManagedChannel upstream;
  private final Server server;

  private FlippingProxy(URI target) throws IOException {
    upstream =
        NettyChannelBuilder.forAddress(target.getHost(), target.getPort()).usePlaintext().build();
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                io.grpc.InsecureServerCredentials.create())
            .fallbackHandlerRegistry(new Everything())
            .build()
            .start();
  }

  static FlippingProxy before(String uri) throws IOException {
    return new FlippingProxy(URI.create(uri));
  }

  String uri() {
    return "mooseng://127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    upstream.shutdownNow();
  }

  private byte[] changed(String method, byte[] answer) {
    try {
      return switch (method) {
        case "GetFileInfo" -> throughHere(GetFileInfoResponse.parseFrom(answer)).toByteArray();
        case "ReadChunk" -> flipped(ReadChunkResponse.parseFrom(answer)).toByteArray();
        default -> answer;
      };
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads, but not writes, come to the proxy. */
  private GetFileInfoResponse throughHere(GetFileInfoResponse answer) {
    GetFileInfoResponse.Builder changed = answer.toBuilder();
    for (ChunkInfo.Builder chunk : changed.getChunksBuilderList()) {
      chunk
          .getLocationsBuilderList()
          .forEach(
              location -> location.setServerAddress("127.0.0.1").setServerPort(server.getPort()));
    }
    return changed.build();
  }

  private static ReadChunkResponse flipped(ReadChunkResponse frame) {
    if (frame.getData().size() < LEAST_BYTES) {
      return frame;
    }
    byte[] data = frame.getData().toByteArray();
    data[data.length / 2] ^= 1;
    ReadChunkResponse.Builder changed = frame.toBuilder().setData(ByteString.copyFrom(data));
    boolean whole = frame.getIsLast() && frame.getOffset() == 0;
    return changed
        .setChunkChecksum(
            whole ? Crc32c.encode(Crc32c.of(java.nio.ByteBuffer.wrap(data))) : ByteString.EMPTY)
        .build();
  }

  /** Takes every call of every service, as bytes. */
  private final class Everything extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
      MethodDescriptor<byte[], byte[]> method =
          MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
              .setType(MethodDescriptor.MethodType.UNKNOWN)
              .setFullMethodName(name)
              .build();
      return ServerMethodDefinition.create(method, (call, headers) -> forward(call, headers));
    }
  }

  private ServerCall.Listener<byte[]> forward(ServerCall<byte[], byte[]> call, Metadata headers) {
    ClientCall<byte[], byte[]> onward =
        upstream.newCall(call.getMethodDescriptor(), CallOptions.DEFAULT);
    onward.start(new Answers(call), headers);
    onward.request(MANY);
    call.request(MANY);
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] message) {
        onward.sendMessage(message);
      }

      @Override
      public void onHalfClose() {
        onward.halfClose();
      }

      @Override
      public void onCancel() {
        onward.cancel("the client has gone", null);
      }
    };
  }

  private final class Answers extends ClientCall.Listener<byte[]> {

    private final ServerCall<byte[], byte[]> call;

    Answers(ServerCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onHeaders(Metadata headers) {
      call.sendHeaders(headers);
    }

    @Override
    public void onMessage(byte[] message) {
      call.sendMessage(changed(call.getMethodDescriptor().getBareMethodName(), message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      call.close(status, trailers);
    }
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
