package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.AllocateChunkResponse;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.CreateFileResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.WriteChunkHeader;
import java.util.List;

/** Creates and writes a file: CreateFile, then AllocateChunk and WriteChunk per chunk, in order. */
final class FileWrite {

  /** The protocol's largest chunk. */
  static final long CHUNK_BYTES = 64L << 20;

  private final Operation<FileRef> operation;
  private final Transport transport;
  private final Link master;
  private final Payload payload;
  private long inode;
  private long written;

  private FileWrite(
      Operation<FileRef> operation, Transport transport, Link master, Payload payload) {
    this.operation = operation;
    this.transport = transport;
    this.master = master;
    this.payload = payload;
  }

  static void start(
      Operation<FileRef> operation,
      Transport transport,
      Link master,
      CreateFileRequest request,
      Payload payload) {
    FileWrite write = new FileWrite(operation, transport, master, payload);
    operation.ask(master, MasterServiceGrpc.getCreateFileMethod(), request, write::created);
  }

  private void created(CreateFileResponse answer) {
    inode = answer.getMetadata().getInode();
    next();
  }

  private void next() {
    if (written == payload.size()) {
      operation.succeed(new Inode(inode));
      return;
    }
    AllocateChunkRequest request =
        AllocateChunkRequest.newBuilder()
            .setInode(inode)
            .setChunkIndex(written / CHUNK_BYTES)
            .build();
    operation.ask(master, MasterServiceGrpc.getAllocateChunkMethod(), request, this::allocated);
  }

  private void allocated(AllocateChunkResponse answer) {
    List<ChunkLocation> chain = answer.getWriteLocationsList();
    if (chain.isEmpty()) {
      operation.fail(
          OperationException.light(
              FailureKind.UNAVAILABLE,
              "AllocateChunk at " + master.address() + ": no server to write inode " + inode));
      return;
    }
    long size = Math.min(CHUNK_BYTES, payload.size() - written);
    WriteChunkHeader.Builder header =
        WriteChunkHeader.newBuilder()
            .setChunkId(answer.getChunk().getChunkId())
            .setVersion(answer.getChunk().getVersion())
            .setTotalSize(size);
    for (ChunkLocation server : chain.subList(1, chain.size())) {
      header.addChainServers(addressOf(server).toString());
    }
    long offset = written;
    written += size;
    ChunkWrite.start(
        operation,
        transport.link(addressOf(chain.get(0))),
        header.build(),
        payload,
        offset,
        this::next);
  }

  private static HostPort addressOf(ChunkLocation location) {
    return new HostPort(location.getServerAddress(), location.getServerPort());
  }
}
