package io.mooseng.bench.core.server.service;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.AllocateChunkResponse;
import io.mooseng.bench.proto.CloseFileRequest;
import io.mooseng.bench.proto.CloseFileResponse;
import io.mooseng.bench.proto.CreateDirectoryRequest;
import io.mooseng.bench.proto.CreateDirectoryResponse;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.CreateFileResponse;
import io.mooseng.bench.proto.DeleteDirectoryRequest;
import io.mooseng.bench.proto.DeleteDirectoryResponse;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.DeleteFileResponse;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.FileType;
import io.mooseng.bench.proto.GetChunkLocationsRequest;
import io.mooseng.bench.proto.GetChunkLocationsResponse;
import io.mooseng.bench.proto.GetClusterStatusRequest;
import io.mooseng.bench.proto.GetClusterStatusResponse;
import io.mooseng.bench.proto.GetExtendedAttributesRequest;
import io.mooseng.bench.proto.GetExtendedAttributesResponse;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.GetFileInfoResponse;
import io.mooseng.bench.proto.ListDirectoryRequest;
import io.mooseng.bench.proto.ListDirectoryResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.MetadataUpdate;
import io.mooseng.bench.proto.OpenFileRequest;
import io.mooseng.bench.proto.OpenFileResponse;
import io.mooseng.bench.proto.RenameFileRequest;
import io.mooseng.bench.proto.RenameFileResponse;
import io.mooseng.bench.proto.ReportChunkStatusRequest;
import io.mooseng.bench.proto.ReportChunkStatusResponse;
import io.mooseng.bench.proto.SetExtendedAttributesRequest;
import io.mooseng.bench.proto.SetExtendedAttributesResponse;
import io.mooseng.bench.proto.SetFileAttributesRequest;
import io.mooseng.bench.proto.SetFileAttributesResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** MasterService: the namespace, by inode, and the chunks of files. */
public final class MetadataService extends MasterServiceGrpc.MasterServiceImplBase {

  /** O_ACCMODE of POSIX: the bits of OpenFile's flags that this server knows. */
  private static final int ACCESS_MODES = 3;

  private static final int READ_ONLY = 0;
  private static final int READ_WRITE = 2;
  private static final int DEFAULT_PAGE_ENTRIES = 1_000;
  private static final int MAX_PAGE_ENTRIES = 10_000;

  private final Namespace namespace;
  private final ChunkRegistry chunks;
  private final Sessions sessions;
  private final ServerDirectory servers;
  private final Executor executor;

  /**
   * @param executor for deleting chunks, which may block
   */
  public MetadataService(
      Namespace namespace,
      ChunkStore store,
      Sessions sessions,
      ServerDirectory servers,
      Executor executor) {
    this.namespace = namespace;
    this.chunks = new ChunkRegistry(namespace, store, servers);
    this.sessions = sessions;
    this.servers = servers;
    this.executor = executor;
  }

  private <R> CompletableFuture<R> change(
      long sessionId, Message request, Function<MetadataUpdate, R> response) {
    sessions.useForChange(sessionId);
    return namespace.submit(Command.now(request)).thenApply(response);
  }

  /** For requests that carry no session. */
  private <R> CompletableFuture<R> change(Message request, Function<MetadataUpdate, R> response) {
    return namespace.submit(Command.now(request)).thenApply(response);
  }

  @Override
  public void createFile(CreateFileRequest request, StreamObserver<CreateFileResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          ChunkRegistry.refuseStorageClass(request.getStorageClassId());
          return change(
              request.getSessionId(),
              request,
              update ->
                  CreateFileResponse.newBuilder()
                      .setMetadata(update.getFiles(0))
                      .setSessionId(request.getSessionId())
                      .build());
        });
  }

  @Override
  public void createDirectory(
      CreateDirectoryRequest request, StreamObserver<CreateDirectoryResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          ChunkRegistry.refuseStorageClass(request.getStorageClassId());
          return change(
              request.getSessionId(),
              request,
              update ->
                  CreateDirectoryResponse.newBuilder().setMetadata(update.getFiles(0)).build());
        });
  }

  /** The flags are O_RDONLY, O_WRONLY or O_RDWR of POSIX; creating is CreateFile's part. */
  @Override
  public void openFile(OpenFileRequest request, StreamObserver<OpenFileResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          int flags = request.getFlags();
          if ((flags & ~ACCESS_MODES) != 0 || flags > READ_WRITE) {
            throw Statuses.invalid(
                "flags 0x" + Integer.toHexString(flags) + " are not accepted; accepted: 0, 1, 2");
          }
          Sessions.Session session =
              flags == READ_ONLY
                  ? sessions.use(request.getSessionId())
                  : sessions.useForChange(request.getSessionId());
          return namespace.view().thenApply(view -> open(session, view, request));
        });
  }

  private OpenFileResponse open(
      Sessions.Session session, NamespaceView view, OpenFileRequest request) {
    NamespaceView.Entry entry = view.byPath(request.getPath());
    FileMetadata metadata = entry.metadata();
    if (metadata.getFileType() == FileType.FILE_TYPE_DIRECTORY && request.getFlags() != READ_ONLY) {
      throw Statuses.precondition("'" + request.getPath() + "' is a directory");
    }
    return OpenFileResponse.newBuilder()
        .setMetadata(metadata)
        .setFileHandle(sessions.openFile(session, metadata.getInode()))
        .addAllChunks(servers.addressed(entry.chunks()))
        .build();
  }

  @Override
  public void closeFile(CloseFileRequest request, StreamObserver<CloseFileResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          Sessions.Session session = sessions.use(request.getSessionId());
          sessions
              .closeFile(session, request.getFileHandle())
              .orElseThrow(
                  () ->
                      Status.NOT_FOUND
                          .withDescription(
                              "this session has no file handle "
                                  + Long.toUnsignedString(request.getFileHandle()))
                          .asRuntimeException());
          return CompletableFuture.completedFuture(
              CloseFileResponse.newBuilder().setSuccess(true).build());
        });
  }

  /** The file and its chunks are gone at once, also for those who hold it open. */
  @Override
  public void deleteFile(DeleteFileRequest request, StreamObserver<DeleteFileResponse> observer) {
    Calls.answer(
        observer,
        () ->
            change(request.getSessionId(), request, Function.identity())
                .thenApplyAsync(
                    removed ->
                        DeleteFileResponse.newBuilder()
                            .setSuccess(true)
                            .setFreedSpace(chunks.free(removed))
                            .build(),
                    executor));
  }

  @Override
  public void deleteDirectory(
      DeleteDirectoryRequest request, StreamObserver<DeleteDirectoryResponse> observer) {
    Calls.answer(
        observer,
        () ->
            change(request.getSessionId(), request, Function.identity())
                .thenApplyAsync(
                    removed ->
                        DeleteDirectoryResponse.newBuilder()
                            .setSuccess(true)
                            .setFreedSpace(chunks.free(removed))
                            .setDeletedFiles(filesIn(removed))
                            .build(),
                    executor));
  }

  private static int filesIn(MetadataUpdate removed) {
    return (int)
        removed.getFilesList().stream()
            .filter(metadata -> metadata.getFileType() == FileType.FILE_TYPE_FILE)
            .count();
  }

  @Override
  public void renameFile(RenameFileRequest request, StreamObserver<RenameFileResponse> observer) {
    Calls.answer(
        observer,
        () ->
            change(
                request.getSessionId(),
                request,
                update ->
                    RenameFileResponse.newBuilder()
                        .setSuccess(true)
                        .setMetadata(update.getFiles(0))
                        .build()));
  }

  /** A limit of 0 stands for {@value #DEFAULT_PAGE_ENTRIES}; a page may hold fewer than asked. */
  @Override
  public void listDirectory(
      ListDirectoryRequest request, StreamObserver<ListDirectoryResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          sessions.use(request.getSessionId());
          long asked = Integer.toUnsignedLong(request.getLimit());
          int limit = (int) Math.min(asked == 0 ? DEFAULT_PAGE_ENTRIES : asked, MAX_PAGE_ENTRIES);
          return namespace
              .view()
              .thenApply(view -> view.list(request.getParent(), request.getOffset(), limit))
              .thenApply(
                  page ->
                      ListDirectoryResponse.newBuilder()
                          .addAllEntries(page.entries())
                          .setHasMore(page.hasMore())
                          .setNextOffset(page.nextOffset())
                          .build());
        });
  }

  @Override
  public void getFileInfo(
      GetFileInfoRequest request, StreamObserver<GetFileInfoResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          sessions.use(request.getSessionId());
          return namespace
              .view()
              .thenApply(view -> view.byInode(request.getInode()))
              .thenApply(
                  entry ->
                      GetFileInfoResponse.newBuilder()
                          .setMetadata(entry.metadata())
                          .addAllChunks(servers.addressed(entry.chunks()))
                          .build());
        });
  }

  @Override
  public void setFileAttributes(
      SetFileAttributesRequest request, StreamObserver<SetFileAttributesResponse> observer) {
    Calls.answer(
        observer,
        () ->
            change(
                request,
                update ->
                    SetFileAttributesResponse.newBuilder()
                        .setSuccess(true)
                        .setMetadata(update.getFiles(0))
                        .build()));
  }

  /** Without names, all attributes; a name that is not set is left out of the answer. */
  @Override
  public void getExtendedAttributes(
      GetExtendedAttributesRequest request,
      StreamObserver<GetExtendedAttributesResponse> observer) {
    Calls.answer(
        observer,
        () ->
            namespace
                .view()
                .thenApply(view -> view.byPath(request.getPath()).metadata().getXattrsMap())
                .thenApply(
                    xattrs ->
                        xattrs.entrySet().stream()
                            .filter(
                                xattr ->
                                    request.getNamesCount() == 0
                                        || request.getNamesList().contains(xattr.getKey()))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .thenApply(
                    xattrs ->
                        GetExtendedAttributesResponse.newBuilder().putAllXattrs(xattrs).build()));
  }

  /** With {@code replace}, the attributes given are all the file has afterwards. */
  @Override
  public void setExtendedAttributes(
      SetExtendedAttributesRequest request,
      StreamObserver<SetExtendedAttributesResponse> observer) {
    Calls.answer(
        observer,
        () ->
            change(
                request,
                update -> SetExtendedAttributesResponse.newBuilder().setSuccess(true).build()));
  }

  @Override
  public void allocateChunk(
      AllocateChunkRequest request, StreamObserver<AllocateChunkResponse> observer) {
    Calls.answer(observer, () -> chunks.allocate(request));
  }

  @Override
  public void getChunkLocations(
      GetChunkLocationsRequest request, StreamObserver<GetChunkLocationsResponse> observer) {
    Calls.answer(observer, () -> chunks.locate(request));
  }

  @Override
  public void reportChunkStatus(
      ReportChunkStatusRequest request, StreamObserver<ReportChunkStatusResponse> observer) {
    Calls.answer(observer, () -> chunks.report(request));
  }

  @Override
  public void getClusterStatus(
      GetClusterStatusRequest request, StreamObserver<GetClusterStatusResponse> observer) {
    Calls.answer(observer, () -> namespace.view().thenApply(servers::clusterStatus));
  }
}
