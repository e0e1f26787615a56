package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.AllocateChunkResponse;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.WriteChunkHeader;
import java.util.List;

/**
 * Writes into a file: AllocateChunk and WriteChunk per chunk, in order. Before these comes
 * CreateFile for a new file, GetFileInfo for an append, as only that tells the size, and nothing
 * for an overwrite.
 */
final class FileWrite {

  /** The protocol's largest chunk; all but the last of a file have this size. */
  static final long CHUNK_BYTES = 64L << 20;

  /** What is written, and so what AllocateChunk must say of the chunk. */
  private enum Kind {
    CREATE,
    OVERWRITE,
    APPEND
  }

  private final Operation<FileRef> operation;
  private final Transport transport;
  private final Link master;
  private final Kind kind;
  private final Payload payload;
  private Inode file;

  /** Where in the file the payload begins. */
  private long start;

  private long written;

  private FileWrite(
      Operation<FileRef> operation, Transport transport, Link master, Kind kind, Payload payload) {
    this.operation = operation;
    this.transport = transport;
    this.master = master;
    this.kind = kind;
    this.payload = payload;
  }

  static void create(
      Operation<FileRef> operation,
      Transport transport,
      Link master,
      CreateFileRequest request,
      Payload payload) {
    FileWrite write = new FileWrite(operation, transport, master, Kind.CREATE, payload);
    operation.ask(
        master,
        MasterServiceGrpc.getCreateFileMethod(),
        request,
        answer -> write.begin(new Inode(answer.getMetadata().getInode(), request.getName()), 0));
  }

  static void overwrite(
      Operation<FileRef> operation,
      Transport transport,
      Link master,
      Inode file,
      long offset,
      Payload payload) {
    new FileWrite(operation, transport, master, Kind.OVERWRITE, payload).begin(file, offset);
  }

  static void append(
      Operation<FileRef> operation,
      Transport transport,
      Link master,
      GetFileInfoRequest request,
      Inode file,
      Payload payload) {
    FileWrite write = new FileWrite(operation, transport, master, Kind.APPEND, payload);
    operation.ask(
        master,
        MasterServiceGrpc.getGetFileInfoMethod(),
        request,
        answer -> write.begin(file, answer.getMetadata().getSize()));
  }

  private void begin(Inode begun, long offset) {
    file = begun;
    start = offset;
    next();
  }

  private void next() {
    if (written == payload.size()) {
      operation.succeed(file);
      return;
    }
    AllocateChunkRequest request =
        AllocateChunkRequest.newBuilder()
            .setInode(file.number())
            .setChunkIndex((start + written) / CHUNK_BYTES)
            .build();
    operation.ask(master, MasterServiceGrpc.getAllocateChunkMethod(), request, this::allocated);
  }

  private void allocated(AllocateChunkResponse answer) {
    List<ChunkLocation> chain = answer.getWriteLocationsList();
    if (chain.isEmpty()) {
      fail(FailureKind.UNAVAILABLE, "no server to write " + file);
      return;
    }
    long offset = (start + written) % CHUNK_BYTES;
    long length = Math.min(CHUNK_BYTES - offset, payload.size() - written);
    long before = kind == Kind.CREATE ? 0 : answer.getChunk().getSize();
    if (kind == Kind.OVERWRITE && offset + length > before) {
      fail(
          FailureKind.INVALID,
          "%d bytes from %d are not within %s, whose chunk %d has %d bytes"
              .formatted(payload.size(), start, file, (start + written) / CHUNK_BYTES, before));
      return;
    }
    if (kind == Kind.APPEND && offset != before) {
      fail(FailureKind.INVALID, "%s changed while it was appended to".formatted(file));
      return;
    }
    WriteChunkHeader.Builder header =
        WriteChunkHeader.newBuilder()
            .setChunkId(answer.getChunk().getChunkId())
            .setVersion(answer.getChunk().getVersion())
            .setTotalSize(Math.max(before, offset + length));
    for (ChunkLocation server : chain.subList(1, chain.size())) {
      header.addChainServers(addressOf(server).toString());
    }
    ChunkWrite.Part part = new ChunkWrite.Part(payload, written, offset, length, before == 0);
    written += length;
    ChunkWrite.start(
        operation, transport.link(addressOf(chain.get(0))), header.build(), part, this::next);
  }

  private void fail(FailureKind kindOfFailure, String what) {
    operation.fail(
        OperationException.light(
            kindOfFailure, "AllocateChunk at " + master.address() + ": " + what));
  }

  private static HostPort addressOf(ChunkLocation location) {
    return new HostPort(location.getServerAddress(), location.getServerPort());
  }
}
