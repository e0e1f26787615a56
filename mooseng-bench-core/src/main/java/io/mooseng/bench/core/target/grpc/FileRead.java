package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.GetFileInfoResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.ReadChunkRequest;

/** Reads a file: GetFileInfo, then ReadChunk per chunk, in order. */
final class FileRead {

  private final Operation<Void> operation;
  private final Transport transport;
  private final FrameSink sink;
  private final String name;
  private GetFileInfoResponse file;
  private int nextChunk;
  private long position;

  private FileRead(Operation<Void> operation, Transport transport, FrameSink sink, String name) {
    this.operation = operation;
    this.transport = transport;
    this.sink = sink;
    this.name = name;
  }

  static void start(
      Operation<Void> operation,
      Transport transport,
      Link master,
      GetFileInfoRequest request,
      FrameSink sink) {
    FileRead read =
        new FileRead(
            operation, transport, sink, "inode " + request.getInode() + " of " + master.address());
    operation.query(master, MasterServiceGrpc.getGetFileInfoMethod(), request, read::located);
  }

  private void located(GetFileInfoResponse answer) {
    file = answer;
    next();
  }

  private void next() {
    if (nextChunk == file.getChunksCount()) {
      finish();
      return;
    }
    ChunkInfo chunk = file.getChunks(nextChunk++);
    if (chunk.getLocationsCount() == 0) {
      operation.fail(
          OperationException.light(
              FailureKind.UNAVAILABLE,
              "no server holds chunk " + chunk.getChunkId() + " of " + name));
      return;
    }
    if (chunk.getSize() == 0) {
      next();
      return;
    }
    position += chunk.getSize();
    ChunkLocation location = preferred(chunk);
    ReadChunkRequest request =
        ReadChunkRequest.newBuilder()
            .setChunkId(chunk.getChunkId())
            .setVersion(chunk.getVersion())
            .setLength(chunk.getSize())
            .setVerifyChecksum(true)
            .build();
    Link link = transport.link(new HostPort(location.getServerAddress(), location.getServerPort()));
    ChunkRead.start(operation, link, request, sink, this::next);
  }

  private void finish() {
    long size = file.getMetadata().getSize();
    if (position == size) {
      operation.succeed(null);
    } else {
      operation.fail(
          OperationException.light(
              FailureKind.CORRUPT,
              name + " has chunks of " + position + " bytes and a size of " + size));
    }
  }

  private static ChunkLocation preferred(ChunkInfo chunk) {
    return chunk.getLocationsList().stream()
        .filter(location -> location.getStatus() == ChunkStatus.CHUNK_STATUS_VALID)
        .findFirst()
        .orElse(chunk.getLocations(0));
  }
}
