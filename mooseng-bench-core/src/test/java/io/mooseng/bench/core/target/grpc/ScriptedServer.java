package io.mooseng.bench.core.target.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.wire.ServerTiming;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.AllocateChunkResponse;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.CloseFileRequest;
import io.mooseng.bench.proto.CloseFileResponse;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.CreateFileResponse;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.DeleteFileResponse;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.GetFileInfoResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.OpenFileRequest;
import io.mooseng.bench.proto.OpenFileResponse;
import io.mooseng.bench.proto.ReadChunkRequest;
import io.mooseng.bench.proto.ReadChunkResponse;
import io.mooseng.bench.proto.WriteChunkRequest;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A server of generated code that answers as the test scripts it, in particular wrongly. Every call
 * is noted in {@link #calls} with the session it came with.
 */
final class ScriptedServer implements AutoCloseable {

  static final long SESSION = 77;
  static final long INODE = 5;
  static final long CHUNK = 9;

  final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  final ScriptedSessions sessions = new ScriptedSessions(calls, SESSION);
  final Queue<ByteString> written = new ConcurrentLinkedQueue<>();

  /** What was written where: {@code offset + length of the chunk's size}, per frame. */
  final Queue<String> frames = new ConcurrentLinkedQueue<>();

  volatile long fileSize = 10;
  volatile long chunkSize = 10;
  volatile boolean located = true;
  volatile WriteChunkResponse writeAnswer =
      WriteChunkResponse.newBuilder().setSuccess(true).build();
  volatile Consumer<StreamObserver<ReadChunkResponse>> readAnswer = answer -> {};
  volatile Consumer<StreamObserver<DeleteFileResponse>> deleteAnswer = answer -> {};

  /** What a GetFileInfo fails with; null: it does not. */
  volatile Supplier<Status> statFailure = () -> null;

  /** What a call's trailers tell of its times; null: nothing. */
  volatile Supplier<ServerTiming> times = () -> null;

  /** The ports from which calls came. */
  final Set<SocketAddress> clientPorts = ConcurrentHashMap.newKeySet();

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Server server;
  private final int port;

  ScriptedServer() throws IOException {
    this(0);
  }

  /**
   * @param port 0: any that is free
   */
  ScriptedServer(int port) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .addService(sessions.mayBeMute())
            .addService(new Master())
            .addService(new Chunks())
            .intercept(new PortNotes())
            .intercept(new Times())
            .directExecutor()
            .build()
            .start();
    this.port = server.getPort();
  }

  String address() {
    return "mooseng://127.0.0.1:" + port();
  }

  int port() {
    return port;
  }

  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  @Override
  public void close() {
    server.shutdownNow();
    timer.shutdownNow();
  }

  /** How many calls were noted under this name, with or without a session. */
  long callsOf(String rpc) {
    return calls.stream().filter(call -> call.split(" ")[0].equals(rpc)).count();
  }

  static void fail(StreamObserver<?> observer, Status failure) {
    observer.onError(failure.asException());
  }

  /** Runs an answer in a while. */
  void later(Runnable answer) {
    timer.schedule(answer, 5, TimeUnit.MILLISECONDS);
  }

  /** Notes where calls come from. */
  private final class PortNotes implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      clientPorts.add(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
      return next.startCall(call, headers);
    }
  }

  static ReadChunkResponse frame(long offset, int length) {
    return ReadChunkResponse.newBuilder()
        .setOffset(offset)
        .setData(ByteString.copyFrom(new byte[length]))
        .build();
  }

  private ChunkInfo chunk() {
    ChunkInfo.Builder chunk = ChunkInfo.newBuilder().setChunkId(CHUNK).setSize(chunkSize);
    if (located) {
      chunk.addLocations(location());
    }
    return chunk.build();
  }

  private ChunkLocation location() {
    return ChunkLocation.newBuilder()
        .setServerAddress("127.0.0.1")
        .setServerPort(server.getPort())
        .build();
  }

  static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }

  private final class Master extends MasterServiceGrpc.MasterServiceImplBase {

    @Override
    public void createFile(CreateFileRequest request, StreamObserver<CreateFileResponse> observer) {
      calls.add("CreateFile " + request.getSessionId());
      FileMetadata file = FileMetadata.newBuilder().setInode(INODE).build();
      answer(observer, CreateFileResponse.newBuilder().setMetadata(file).build());
    }

    @Override
    public void allocateChunk(
        AllocateChunkRequest request, StreamObserver<AllocateChunkResponse> observer) {
      calls.add("AllocateChunk " + request.getChunkIndex());
      AllocateChunkResponse.Builder response = AllocateChunkResponse.newBuilder();
      if (located) {
        response.setChunk(chunk()).addAllWriteLocations(List.of(location()));
      }
      answer(observer, response.build());
    }

    @Override
    public void getFileInfo(
        GetFileInfoRequest request, StreamObserver<GetFileInfoResponse> observer) {
      calls.add("GetFileInfo " + request.getSessionId());
      boolean unknown = !sessions.know(request.getSessionId());
      Status failure = unknown ? Status.UNAUTHENTICATED : statFailure.get();
      if (failure != null) {
        fail(observer, failure);
        return;
      }
      FileMetadata file = FileMetadata.newBuilder().setInode(INODE).setSize(fileSize).build();
      answer(
          observer, GetFileInfoResponse.newBuilder().setMetadata(file).addChunks(chunk()).build());
    }

    @Override
    public void openFile(OpenFileRequest request, StreamObserver<OpenFileResponse> observer) {
      calls.add("OpenFile " + request.getPath());
      if (!located) {
        observer.onError(Status.NOT_FOUND.asException());
        return;
      }
      FileMetadata file = FileMetadata.newBuilder().setInode(INODE).setSize(fileSize).build();
      answer(
          observer, OpenFileResponse.newBuilder().setMetadata(file).setFileHandle(INODE).build());
    }

    @Override
    public void closeFile(CloseFileRequest request, StreamObserver<CloseFileResponse> observer) {
      calls.add("CloseFile " + request.getFileHandle() + " " + request.getSessionId());
      answer(observer, CloseFileResponse.newBuilder().setSuccess(true).build());
    }

    @Override
    public void deleteFile(DeleteFileRequest request, StreamObserver<DeleteFileResponse> observer) {
      calls.add("DeleteFile " + request.getSessionId());
      deleteAnswer.accept(observer);
    }
  }

  private final class Chunks extends ChunkServerServiceGrpc.ChunkServerServiceImplBase {

    @Override
    public void readChunk(ReadChunkRequest request, StreamObserver<ReadChunkResponse> observer) {
      calls.add("ReadChunk " + request.getChunkId());
      readAnswer.accept(observer);
    }

    @Override
    public StreamObserver<WriteChunkRequest> writeChunk(
        StreamObserver<WriteChunkResponse> observer) {
      calls.add("WriteChunk");
      return new StreamObserver<>() {
        private long size;

        @Override
        public void onNext(WriteChunkRequest request) {
          if (request.hasHeader()) {
            size = request.getHeader().getTotalSize();
          }
          if (request.hasData()) {
            frames.add(
                request.getData().getOffset()
                    + " + "
                    + request.getData().getData().size()
                    + " of "
                    + size);
            written.add(request.getData().getData());
          }
        }

        @Override
        public void onError(Throwable failure) {
          calls.add("WriteChunk broken: " + Status.fromThrowable(failure).getCode());
        }

        @Override
        public void onCompleted() {
          answer(observer, writeAnswer);
        }
      };
    }
  }

  /** Tells times whether they were asked for or not. */
  private final class Times implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              ServerTiming told = times.get();
              if (told != null) {
                trailers.put(ServerTiming.ANSWER, told);
              }
              super.close(status, trailers);
            }
          },
          headers);
    }
  }
}
