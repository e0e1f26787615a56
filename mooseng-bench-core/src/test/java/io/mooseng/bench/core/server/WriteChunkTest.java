package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.server.chunk.ChunkReader;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.ChunkWriter;
import io.mooseng.bench.core.server.chunk.CorruptChunkException;
import io.mooseng.bench.core.server.chunk.MemoryChunkStore;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.ListChunksRequest;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkRequest;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a chunkserver refuses, what it says then, and that nothing is left of it. */
@Timeout(60)
class WriteChunkTest {

  private static final ByteString DATA = ByteString.copyFromUtf8("0123456789");

  private static WriteChunkRequest header(ChunkInfo chunk, long size) {
    return WriteChunkRequest.newBuilder()
        .setHeader(
            WriteChunkHeader.newBuilder()
                .setChunkId(chunk.getChunkId())
                .setVersion(chunk.getVersion())
                .setTotalSize(size))
        .build();
  }

  private static WriteChunkResponse send(Client client, WriteChunkRequest... messages) {
    CompletableFuture<WriteChunkResponse> answer = new CompletableFuture<>();
    StreamObserver<WriteChunkRequest> call =
        ChunkServerServiceGrpc.newStub(client.channel)
            .writeChunk(
                new StreamObserver<>() {
                  @Override
                  public void onNext(WriteChunkResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    for (WriteChunkRequest message : messages) {
      call.onNext(message);
    }
    call.onCompleted();
    return answer.join();
  }

  private static void assertRefused(String start, WriteChunkRequest... afterHeader)
      throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
        Client client = new Client(server)) {
      long inode = client.create("file").getInode();
      WriteChunkRequest[] messages = new WriteChunkRequest[afterHeader.length + 1];
      messages[0] = header(client.allocate(inode, 0).getChunk(), DATA.size());
      System.arraycopy(afterHeader, 0, messages, 1, afterHeader.length);
      assertThatThrownBy(() -> send(client, messages)).cause().hasMessageStartingWith(start);
      assertThat(client.info(inode).getMetadata().getSize()).isZero();
      assertThat(client.chunks.listChunks(ListChunksRequest.getDefaultInstance()).getTotalCount())
          .isZero();
    }
  }

  @Test
  void aFrameThatDoesNotMatchItsChecksumIsDataLoss() throws Exception {
    WriteChunkRequest good = Client.frame(DATA, 0, true);
    assertRefused(
        "DATA_LOSS: the frame at byte 0",
        good.toBuilder()
            .setData(good.getData().toBuilder().setData(ByteString.copyFromUtf8("0123456780")))
            .build());
  }

  @Test
  void aFrameWithoutAChecksumIsRefused() throws Exception {
    WriteChunkRequest good = Client.frame(DATA, 0, true);
    assertRefused(
        "INVALID_ARGUMENT: a frame has no CRC32C",
        good.toBuilder().setData(good.getData().toBuilder().clearChecksum()).build());
  }

  @Test
  void framesFollowEachOther() throws Exception {
    assertRefused("INVALID_ARGUMENT: a frame begins at byte 1", Client.frame(DATA, 1, true));
    assertRefused("INVALID_ARGUMENT: more data", Client.frame(DATA.concat(DATA), 0, true));
    assertRefused(
        "INVALID_ARGUMENT: WriteChunk ended after 3 of 10 bytes",
        Client.frame(DATA.substring(0, 3), 0, true));
    assertRefused("INVALID_ARGUMENT: WriteChunk ended after 0 of 10 bytes");
  }

  @Test
  void anUnknownChunkIsNotFound() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
        Client client = new Client(server)) {
      ChunkInfo unknown = ChunkInfo.newBuilder().setChunkId(99).setVersion(1).build();
      assertThatThrownBy(() -> send(client, header(unknown, 10), Client.frame(DATA, 0, true)))
          .cause()
          .hasMessageStartingWith("NOT_FOUND: chunk 99");
    }
  }

  @Test
  void anOverwriteReplacesTheContent() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
        Client client = new Client(server)) {
      Payload before = Payload.of(1, 1, new ByteSize(300_000));
      Payload after = Payload.of(1, 2, new ByteSize(200_000));
      long inode = client.write("file", before).getInode();
      ChunkInfo chunk = client.allocate(inode, 0).getChunk();
      assertThat(chunk.getVersion()).isEqualTo(2);
      assertThat(client.verify(inode, before)).isEqualTo(300_000);
      client.writeChunk(chunk, after, 0, 200_000, List.of());
      assertThat(client.verify(inode, after)).isEqualTo(200_000);
      assertThat(client.info(inode).getMetadata().getSize()).isEqualTo(200_000);
    }
  }

  @Test
  void aFullDiskIsSaidToBeFull() throws Exception {
    assertFull(FullStore::new);
  }

  @Test
  void aFullMemoryIsSaidToBeFull() throws Exception {
    assertFull(store -> new MemoryChunkStore(9));
  }

  private static void assertFull(UnaryOperator<ChunkStore> full) throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory(), full);
        Client client = new Client(server)) {
      ChunkInfo chunk = client.allocate(client.create("file").getInode(), 0).getChunk();
      assertThatThrownBy(() -> send(client, header(chunk, 10), Client.frame(DATA, 0, true)))
          .cause()
          .hasMessageStartingWith("RESOURCE_EXHAUSTED: ");
    }
  }

  /** A disk without space: every write fails as the JDK says it. */
  private record FullStore(ChunkStore store) implements ChunkStore {

    @Override
    public ChunkWriter create(long chunkId, int version, long size) {
      return new ChunkWriter() {
        @Override
        public long keptBytes() {
          return 0;
        }

        @Override
        public void write(long offset, List<ByteBuffer> frame) throws IOException {
          throw new IOException("No space left on device");
        }

        @Override
        public StoredChunk commit() {
          throw new IllegalStateException("nothing was written");
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public ChunkWriter update(long chunkId, int version, long size) throws IOException {
      return store.update(chunkId, version, size);
    }

    @Override
    public ChunkReader open(long chunkId) throws IOException {
      return store.open(chunkId);
    }

    @Override
    public Optional<StoredChunk> delete(long chunkId) throws IOException {
      return store.delete(chunkId);
    }

    @Override
    public Optional<StoredChunk> find(long chunkId) {
      return store.find(chunkId);
    }

    @Override
    public NavigableMap<Long, StoredChunk> chunks() {
      return store.chunks();
    }

    @Override
    public List<CorruptChunkException> verify(long chunkId, boolean deep) throws IOException {
      return store.verify(chunkId, deep);
    }

    @Override
    public long usedBytes() {
      return store.usedBytes();
    }

    @Override
    public long totalBytes() throws IOException {
      return store.totalBytes();
    }

    @Override
    public String location() {
      return store.location();
    }

    @Override
    public void close() throws IOException {
      store.close();
    }
  }
}
