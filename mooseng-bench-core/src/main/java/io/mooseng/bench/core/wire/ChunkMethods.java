package io.mooseng.bench.core.wire;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.ReadChunkRequest;
import io.mooseng.bench.proto.WriteChunkResponse;

/**
 * The two methods that carry file content, with marshallers that leave the content where it is.
 *
 * <p>Whoever receives a {@link DataFrame} through them closes it.
 */
public final class ChunkMethods {

  /** {@code ChunkServerService.ReadChunk}. */
  public static final MethodDescriptor<ReadChunkRequest, DataFrame> READ_CHUNK =
      ChunkServerServiceGrpc.getReadChunkMethod().toBuilder(
              ChunkServerServiceGrpc.getReadChunkMethod().getRequestMarshaller(),
              new FrameMarshaller())
          .build();

  /** {@code ChunkServerService.WriteChunk}. */
  public static final MethodDescriptor<WriteMessage, WriteChunkResponse> WRITE_CHUNK =
      ChunkServerServiceGrpc.getWriteChunkMethod().toBuilder(
              new WriteMessageMarshaller(),
              ChunkServerServiceGrpc.getWriteChunkMethod().getResponseMarshaller())
          .build();

  private ChunkMethods() {}

  /**
   * The chunk server's service with its two data methods served by {@code read} and {@code write};
   * every other method stays as it is.
   */
  public static ServerServiceDefinition serve(
      ServerServiceDefinition service,
      ServerCallHandler<ReadChunkRequest, DataFrame> read,
      ServerCallHandler<WriteMessage, WriteChunkResponse> write) {
    ServerServiceDefinition.Builder result =
        ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      String name = method.getMethodDescriptor().getFullMethodName();
      if (name.equals(READ_CHUNK.getFullMethodName())) {
        result.addMethod(READ_CHUNK, read);
      } else if (name.equals(WRITE_CHUNK.getFullMethodName())) {
        result.addMethod(WRITE_CHUNK, write);
      } else {
        result.addMethod(method);
      }
    }
    return result.build();
  }
}
