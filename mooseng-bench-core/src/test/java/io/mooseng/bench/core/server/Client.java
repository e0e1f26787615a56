package io.mooseng.bench.core.server;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.AllocateChunkResponse;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.ClientServiceGrpc;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.GetFileInfoResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.ReadChunkRequest;
import io.mooseng.bench.proto.ReadChunkResponse;
import io.mooseng.bench.proto.WriteChunkData;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkRequest;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.CRC32C;

/** The plainest client of the wire protocol: generated stubs, one session. */
final class Client implements AutoCloseable {

  static final long ROOT = 1;
  static final long CHUNK_BYTES = 64L << 20;
  private static final int FRAME_BYTES = 512 << 10;

  final ManagedChannel channel;
  final MasterServiceGrpc.MasterServiceBlockingStub master;
  final ChunkServerServiceGrpc.ChunkServerServiceBlockingStub chunks;
  final ClientServiceGrpc.ClientServiceBlockingStub sessions;
  final CreateSessionResponse opened;
  final long session;

  Client(MooseNgServer server) {
    this(server, InsecureChannelCredentials.create());
  }

  Client(MooseNgServer server, ChannelCredentials credentials) {
    channel =
        NettyChannelBuilder.forTarget(server.address(), credentials)
            .overrideAuthority("localhost")
            .build();
    master = MasterServiceGrpc.newBlockingStub(channel);
    chunks = ChunkServerServiceGrpc.newBlockingStub(channel);
    sessions = ClientServiceGrpc.newBlockingStub(channel);
    try {
      opened = sessions.createSession(CreateSessionRequest.newBuilder().setClientId("t").build());
    } catch (RuntimeException e) {
      channel.shutdownNow();
      throw e;
    }
    session = opened.getSessionId();
  }

  FileMetadata create(String name) {
    return master
        .createFile(
            CreateFileRequest.newBuilder()
                .setSessionId(session)
                .setParent(ROOT)
                .setName(name)
                .setMode(0644)
                .build())
        .getMetadata();
  }

  AllocateChunkResponse allocate(long inode, long index) {
    return master.allocateChunk(
        AllocateChunkRequest.newBuilder().setInode(inode).setChunkIndex(index).build());
  }

  FileMetadata write(String name, Payload payload) throws Exception {
    FileMetadata file = create(name);
    for (long at = 0, index = 0; at < payload.size(); at += CHUNK_BYTES, index++) {
      writeChunk(
          allocate(file.getInode(), index).getChunk(),
          payload,
          at,
          Math.min(CHUNK_BYTES, payload.size() - at),
          List.of());
    }
    return file;
  }

  WriteChunkResponse writeChunk(
      ChunkInfo chunk, Payload payload, long from, long length, List<String> chain)
      throws Exception {
    return upload(new Upload(header(chunk, length, chain), payload, from, 0, length));
  }

  /**
   * Writes all of {@code payload} into a chunk from {@code offset}, so that it has {@code size}.
   */
  WriteChunkResponse writeWithin(
      ChunkInfo chunk, Payload payload, long offset, long size, List<String> chain)
      throws Exception {
    return upload(new Upload(header(chunk, size, chain), payload, 0, offset, payload.size()));
  }

  private static WriteChunkHeader header(ChunkInfo chunk, long size, List<String> chain) {
    return WriteChunkHeader.newBuilder()
        .setChunkId(chunk.getChunkId())
        .setVersion(chunk.getVersion())
        .setTotalSize(size)
        .addAllChainServers(chain)
        .build();
  }

  private WriteChunkResponse upload(Upload upload) throws Exception {
    ClientCalls.asyncClientStreamingCall(
        channel.newCall(ChunkServerServiceGrpc.getWriteChunkMethod(), CallOptions.DEFAULT), upload);
    try {
      return upload.response.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  GetFileInfoResponse info(long inode) {
    return master.getFileInfo(
        GetFileInfoRequest.newBuilder().setSessionId(session).setInode(inode).build());
  }

  /** Reads a whole file, comparing every byte; answers how many there were. */
  long verify(long inode, Content payload) {
    long at = 0;
    for (ChunkInfo chunk : info(inode).getChunksList()) {
      Iterator<ReadChunkResponse> frames =
          chunks.readChunk(ReadChunkRequest.newBuilder().setChunkId(chunk.getChunkId()).build());
      while (frames.hasNext()) {
        ByteBuffer data = frames.next().getData().asReadOnlyByteBuffer();
        while (data.hasRemaining()) {
          ByteBuffer expected = payload.slice(at, data.remaining());
          ByteBuffer part = data.slice(data.position(), expected.remaining());
          if (!part.equals(expected)) {
            throw new AssertionError("other bytes at " + at);
          }
          data.position(data.position() + expected.remaining());
          at += expected.remaining();
        }
      }
    }
    return at;
  }

  static ByteString checksum(ByteString data) {
    CRC32C crc = new CRC32C();
    crc.update(data.asReadOnlyByteBuffer());
    return ByteString.copyFrom(ByteBuffer.allocate(Integer.BYTES).putInt(0, (int) crc.getValue()));
  }

  static WriteChunkRequest frame(ByteString data, long offset, boolean last) {
    return WriteChunkRequest.newBuilder()
        .setData(
            WriteChunkData.newBuilder()
                .setData(data)
                .setOffset(offset)
                .setIsLast(last)
                .setChecksum(checksum(data)))
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static final class Upload
      implements ClientResponseObserver<WriteChunkRequest, WriteChunkResponse> {
    final CompletableFuture<WriteChunkResponse> response = new CompletableFuture<>();
    private final WriteChunkHeader header;
    private final Payload payload;
    private final long from;
    private final long offset;
    private final long length;
    private long sent;
    private boolean started;
    private boolean ended;
    private ClientCallStreamObserver<WriteChunkRequest> call;

    /**
     * @param from the first byte of the payload to send
     * @param offset where it belongs in the chunk
     */
    Upload(WriteChunkHeader header, Payload payload, long from, long offset, long length) {
      this.header = header;
      this.payload = payload;
      this.from = from;
      this.offset = offset;
      this.length = length;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WriteChunkRequest> stream) {
      call = stream;
      stream.setOnReadyHandler(this::send);
    }

    private void send() {
      while (!ended && call.isReady()) {
        if (!started) {
          started = true;
          call.onNext(WriteChunkRequest.newBuilder().setHeader(header).build());
        } else if (sent == length) {
          ended = true;
          call.onCompleted();
        } else {
          int wanted = (int) Math.min(FRAME_BYTES, length - sent);
          ByteString data = ByteString.copyFrom(payload.slice(from + sent, wanted));
          long next = sent + data.size();
          call.onNext(frame(data, offset + sent, next == length));
          sent = next;
        }
      }
    }

    @Override
    public void onNext(WriteChunkResponse answer) {
      response.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      ended = true;
      response.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
