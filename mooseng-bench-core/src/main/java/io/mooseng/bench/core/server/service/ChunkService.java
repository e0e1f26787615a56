package io.mooseng.bench.core.server.service;

import com.google.protobuf.Empty;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.chunk.ChunkReader;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.ChunkWriter;
import io.mooseng.bench.core.server.chunk.CorruptChunkException;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.server.chunk.UnknownChunkException;
import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.core.wire.ChunkMethods;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.core.wire.DataFrame;
import io.mooseng.bench.core.wire.WriteMessage;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.ChunkTransferInfo;
import io.mooseng.bench.proto.CorruptionDetail;
import io.mooseng.bench.proto.DeleteChunkRequest;
import io.mooseng.bench.proto.DeleteChunkResponse;
import io.mooseng.bench.proto.DiskInfo;
import io.mooseng.bench.proto.DiskStatus;
import io.mooseng.bench.proto.GetChunkInfoRequest;
import io.mooseng.bench.proto.GetChunkInfoResponse;
import io.mooseng.bench.proto.ListChunksRequest;
import io.mooseng.bench.proto.ListChunksResponse;
import io.mooseng.bench.proto.ReadChunkRequest;
import io.mooseng.bench.proto.ServerCapabilities;
import io.mooseng.bench.proto.ServerStatusResponse;
import io.mooseng.bench.proto.ServerType;
import io.mooseng.bench.proto.VerifyChunkRequest;
import io.mooseng.bench.proto.VerifyChunkResponse;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkResponse;
import io.mooseng.bench.proto.XRegionDataResponse;
import io.mooseng.bench.proto.XRegionDataTransfer;
import io.mooseng.bench.proto.XRegionReplicationProgress;
import io.mooseng.bench.proto.XRegionReplicationRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** ChunkServerService: the bytes. Its methods run on threads that may block for the device. */
public final class ChunkService extends ChunkServerServiceGrpc.ChunkServerServiceImplBase {

  private final ChunkStore store;
  private final Namespace namespace;
  private final ServerDirectory servers;
  private final ChainChannels chain;
  private final RegionCopies copies;
  private final ChunkReports reports;

  /**
   * @param executor for what may block after a namespace has answered
   */
  public ChunkService(
      ChunkStore store,
      Namespace namespace,
      ServerDirectory servers,
      ChainChannels chain,
      RegionCopies copies,
      Executor executor) {
    this.store = store;
    this.namespace = namespace;
    this.servers = servers;
    this.chain = chain;
    this.copies = copies;
    this.reports = new ChunkReports(store, namespace, servers, executor);
  }

  /** This service, its two data methods without a copy of the data. */
  public ServerServiceDefinition definition() {
    return ChunkMethods.serve(
        bindService(),
        ServerCalls.asyncServerStreamingCall(this::read),
        ServerCalls.asyncClientStreamingCall(this::write));
  }

  /** Every byte is verified, whether asked or not; length 0 reads to the end of the chunk. */
  private void read(ReadChunkRequest request, StreamObserver<DataFrame> observer) {
    try {
      ChunkReader reader = openForReading(request);
      ChunkReadCall.start(request, reader, (ServerCallStreamObserver<DataFrame>) observer);
    } catch (IOException | RuntimeException e) {
      observer.onError(Statuses.of(e));
    }
  }

  private ChunkReader openForReading(ReadChunkRequest request) throws IOException {
    ChunkReader reader;
    try {
      reader = store.open(request.getChunkId());
    } catch (UnknownChunkException e) {
      if (namespace
          .view()
          .join()
          .chunk(request.getChunkId())
          .filter(servers::heldHere)
          .isPresent()) {
        throw CorruptChunkException.lost(request.getChunkId());
      }
      throw e;
    }
    StoredChunk chunk = reader.chunk();
    // A newer copy will do: the chunk was written to after the client had asked the master.
    if (Integer.compareUnsigned(request.getVersion(), chunk.version()) > 0) {
      reader.close();
      throw wrongVersion(chunk, request.getVersion());
    }
    return reader;
  }

  private static RuntimeException wrongVersion(StoredChunk chunk, int asked) {
    return Statuses.precondition(
        "chunk "
            + Long.toUnsignedString(chunk.chunkId())
            + " has version "
            + Integer.toUnsignedString(chunk.version())
            + ", not "
            + Integer.toUnsignedString(asked));
  }

  private StreamObserver<WriteMessage> write(StreamObserver<WriteChunkResponse> observer) {
    return new ChunkWriteCall((ServerCallStreamObserver<WriteChunkResponse>) observer, new Here());
  }

  /** As {@link ChunkReports#unreported}. */
  public void reportUnreported() {
    reports.unreported();
  }

  @Override
  public void deleteChunk(
      DeleteChunkRequest request, StreamObserver<DeleteChunkResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          StoredChunk chunk = stored(request.getChunkId(), request.getVersion());
          blocking(() -> store.delete(chunk.chunkId()));
          return reports
              .report(chunk, ChunkStatus.CHUNK_STATUS_LOST)
              .handle(
                  (update, failure) ->
                      DeleteChunkResponse.newBuilder()
                          .setSuccess(true)
                          .setFreedBytes(chunk.size())
                          .build());
        });
  }

  private StoredChunk stored(long chunkId, int version) {
    StoredChunk chunk =
        store.find(chunkId).orElseThrow(() -> Statuses.of(new UnknownChunkException(chunkId)));
    if (version != 0 && version != chunk.version()) {
      throw wrongVersion(chunk, version);
    }
    return chunk;
  }

  private static <T> T blocking(Callable<T> body) {
    try {
      return body.call();
    } catch (Exception e) {
      throw Statuses.of(e);
    }
  }

  @Override
  public void verifyChunk(
      VerifyChunkRequest request, StreamObserver<VerifyChunkResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          StoredChunk chunk = stored(request.getChunkId(), request.getVersion());
          List<CorruptChunkException> damage =
              blocking(() -> store.verify(chunk.chunkId(), request.getDeepVerify()));
          VerifyChunkResponse.Builder response =
              VerifyChunkResponse.newBuilder()
                  .setValid(damage.isEmpty())
                  .setVersion(chunk.version())
                  .setSize(chunk.size())
                  .setChecksum(Crc32c.encode(chunk.crc32c()));
          damage.forEach(
              range ->
                  response.addCorruptions(
                      CorruptionDetail.newBuilder()
                          .setOffset(range.offset())
                          .setLength(range.length())
                          .setDescription(range.getMessage())));
          return CompletableFuture.completedFuture(response.build());
        });
  }

  /** Chunks that are not stored here are left out. */
  @Override
  public void getChunkInfo(
      GetChunkInfoRequest request, StreamObserver<GetChunkInfoResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          GetChunkInfoResponse.Builder response = GetChunkInfoResponse.newBuilder();
          request.getChunkIdsList().stream()
              .map(store::find)
              .flatMap(Optional::stream)
              .map(ChunkFilters::detail)
              .forEach(response::addChunks);
          return CompletableFuture.completedFuture(response.build());
        });
  }

  @Override
  public void listChunks(ListChunksRequest request, StreamObserver<ListChunksResponse> observer) {
    Calls.answer(
        observer,
        () -> CompletableFuture.completedFuture(ChunkFilters.page(store.chunks(), request)));
  }

  @Override
  public void getServerStatus(Empty request, StreamObserver<ServerStatusResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          ServerCapabilities capabilities = servers.capabilities();
          return CompletableFuture.completedFuture(
              ServerStatusResponse.newBuilder()
                  .setInfo(servers.self(ServerType.SERVER_TYPE_CHUNK))
                  .setCapabilities(capabilities)
                  .addDisks(
                      DiskInfo.newBuilder()
                          .setPath(store.location())
                          .setTotalSpace(capabilities.getTotalSpace())
                          .setUsedSpace(capabilities.getUsedSpace())
                          .setChunkCount(capabilities.getCurrentChunks())
                          .setStatus(DiskStatus.DISK_STATUS_HEALTHY))
                  .build());
        });
  }

  /**
   * Copies chunks, and tells how far it is after each of them. Chunks that another region did not
   * take end the call with a failure that names the first of them.
   */
  @Override
  public void initiateXRegionReplication(
      XRegionReplicationRequest request, StreamObserver<XRegionReplicationProgress> observer) {
    ReplicationProgress progress = new ReplicationProgress(request, store, observer);
    try {
      copies
          .copy(
              request.getTargetRegion(),
              request.getChunkIdsList(),
              request.getPriority(),
              Integer.toUnsignedLong(request.getBandwidthLimitMbps()),
              progress)
          .whenComplete(progress::end);
    } catch (RuntimeException e) {
      progress.end(null, e);
    }
  }

  @Override
  public StreamObserver<XRegionDataTransfer> receiveXRegionData(
      StreamObserver<XRegionDataResponse> observer) {
    return new RegionReceiveCall(observer, new FromElsewhere());
  }

  /** A write that comes to this server. */
  private final class Here implements ChunkWriteCall.Surroundings {

    @Override
    public ChunkWriter open(WriteChunkHeader header) throws IOException {
      if (!madeSureElsewhere(header)
          && namespace.view().join().chunk(header.getChunkId()).isEmpty()) {
        throw new UnknownChunkException(header.getChunkId());
      }
      if (header.getVersion() == 0) {
        throw Statuses.invalid(
            "version 0 is not accepted; write the version AllocateChunk answered");
      }
      return changesInPlace(header)
          ? store.update(header.getChunkId(), header.getVersion(), header.getTotalSize())
          : store.create(header.getChunkId(), header.getVersion(), header.getTotalSize());
    }

    /**
     * Whether the chunk comes along a chain from another region. It is not asked for here a second
     * time: this region may learn of it only with the leader's next heartbeat. If it does not exist
     * after all, its report is refused, and the write with it.
     */
    private boolean madeSureElsewhere(WriteChunkHeader header) {
      return servers.addressOf(header.getSourceRegion()).isPresent();
    }

    /**
     * Whether the copy that is here is the one that the write changes. It is not if it is older
     * than the one the writer knows, and not if a writer who knows it wants it to be smaller.
     */
    private boolean changesInPlace(WriteChunkHeader header) {
      return store
          .find(header.getChunkId())
          .filter(
              chunk -> {
                int known = header.getVersion() - 1;
                int newer = Integer.compareUnsigned(chunk.version(), known);
                return newer > 0 || newer == 0 && header.getTotalSize() >= chunk.size();
              })
          .isPresent();
    }

    @Override
    public ChainLink forward(WriteChunkHeader header) {
      return ChainLink.open(header, chain.channel(header.getChainServers(0)), servers.selfRegion());
    }

    @Override
    public CompletionStage<?> report(StoredChunk chunk) {
      return reports
          .reportWritten(chunk)
          .whenComplete(
              (update, failure) -> {
                if (failure == null) {
                  copies.copyLater(chunk.chunkId());
                }
              });
    }
  }

  /** A transfer that comes to this server from another region. */
  private final class FromElsewhere implements RegionReceiveCall.Surroundings {

    @Override
    public Optional<ChunkWriter> open(ChunkTransferInfo chunk) throws IOException {
      if (namespace.view().join().chunk(chunk.getChunkId()).isEmpty()) {
        throw new UnknownChunkException(chunk.getChunkId());
      }
      boolean here =
          store
              .find(chunk.getChunkId())
              .filter(stored -> Integer.compareUnsigned(stored.version(), chunk.getVersion()) >= 0)
              .isPresent();
      return here
          ? Optional.empty()
          : Optional.of(store.create(chunk.getChunkId(), chunk.getVersion(), chunk.getSize()));
    }

    @Override
    public CompletionStage<?> report(StoredChunk chunk) {
      return reports.reportWritten(chunk);
    }
  }
}
