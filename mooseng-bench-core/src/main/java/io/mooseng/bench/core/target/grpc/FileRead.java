package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.Requests;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.GetFileInfoResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.ReadChunkRequest;

/** Reads a file or a range of it: GetFileInfo, then ReadChunk per chunk, in order. */
final class FileRead {

  private final Operation<Void> operation;
  private final Transport transport;
  private final FrameSink sink;
  private final String name;
  private GetFileInfoResponse file;
  private int nextChunk;

  /** Where in the file the next chunk begins. */
  private long position;

  private long offset;
  private long end;

  private FileRead(Operation<Void> operation, Transport transport, FrameSink sink, String name) {
    this.operation = operation;
    this.transport = transport;
    this.sink = sink;
    this.name = name;
  }

  /** Reads the whole file. */
  static void whole(
      Operation<Void> operation,
      Transport transport,
      Link master,
      GetFileInfoRequest request,
      FrameSink sink) {
    FileRead read = of(operation, transport, master, request, sink);
    operation.query(
        master,
        MasterServiceGrpc.getGetFileInfoMethod(),
        request,
        answer -> read.begin(answer, 0, answer.getMetadata().getSize()));
  }

  /** Reads {@code length} bytes from {@code offset}. */
  static void range(
      Operation<Void> operation,
      Transport transport,
      Link master,
      GetFileInfoRequest request,
      long offset,
      long length,
      FrameSink sink) {
    FileRead read = of(operation, transport, master, request, sink);
    operation.query(
        master,
        MasterServiceGrpc.getGetFileInfoMethod(),
        request,
        answer -> read.begin(answer, offset, length));
  }

  private static FileRead of(
      Operation<Void> operation,
      Transport transport,
      Link master,
      GetFileInfoRequest request,
      FrameSink sink) {
    String name = "inode " + request.getInode() + " of " + master.address();
    return new FileRead(operation, transport, sink, name);
  }

  private void begin(GetFileInfoResponse answer, long from, long length) {
    file = answer;
    long size = file.getMetadata().getSize();
    long inChunks = file.getChunksList().stream().mapToLong(ChunkInfo::getSize).sum();
    if (inChunks != size) {
      operation.fail(
          OperationException.light(
              FailureKind.CORRUPT,
              name + " has chunks of " + inChunks + " bytes and a size of " + size));
      return;
    }
    try {
      Requests.requireWithin(from, length, size);
    } catch (OperationException e) {
      operation.fail(e);
      return;
    }
    offset = from;
    end = from + length;
    next();
  }

  private void next() {
    while (offset < end) {
      ChunkInfo chunk = file.getChunks(nextChunk++);
      long chunkStart = position;
      position += chunk.getSize();
      if (offset < position) {
        read(chunk, offset - chunkStart, Math.min(end, position) - offset);
        return;
      }
    }
    operation.succeed(null);
  }

  private void read(ChunkInfo chunk, long from, long length) {
    if (chunk.getLocationsCount() == 0) {
      operation.fail(
          OperationException.light(
              FailureKind.UNAVAILABLE,
              "no server holds chunk " + chunk.getChunkId() + " of " + name));
      return;
    }
    offset += length;
    ChunkLocation location = preferred(chunk);
    ReadChunkRequest request =
        ReadChunkRequest.newBuilder()
            .setChunkId(chunk.getChunkId())
            .setVersion(chunk.getVersion())
            .setOffset(from)
            .setLength(length)
            .setVerifyChecksum(true)
            .build();
    Link link = transport.link(new HostPort(location.getServerAddress(), location.getServerPort()));
    ChunkRead.start(operation, link, request, sink, this::next);
  }

  private static ChunkLocation preferred(ChunkInfo chunk) {
    return chunk.getLocationsList().stream()
        .filter(location -> location.getStatus() == ChunkStatus.CHUNK_STATUS_VALID)
        .findFirst()
        .orElse(chunk.getLocations(0));
  }
}
