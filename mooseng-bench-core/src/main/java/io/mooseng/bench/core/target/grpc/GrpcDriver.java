package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.CreateDirectoryRequest;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.DeleteDirectoryRequest;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.DirectoryEntry;
import io.mooseng.bench.proto.FileType;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.ListDirectoryRequest;
import io.mooseng.bench.proto.ListDirectoryResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import io.mooseng.bench.proto.RenameFileRequest;
import java.io.IOException;
import java.net.Socket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A MooseNG system, reached at its master.
 *
 * <p>A synchronous operation is the asynchronous one and a wait. Callbacks, sinks and the dependent
 * stages of {@link #readAsync} run on the event loop that all calls share: they must not block, and
 * must not call a synchronous operation. Calls are never retried; each has the deadline of the
 * {@link GrpcOptions}.
 */
public final class GrpcDriver implements TargetDriver {

  /** What MooseNG's own clients create files and directories with: rw-r--r-- and rwxr-xr-x. */
  private static final int FILE_MODE = 0644;

  private static final int DIRECTORY_MODE = 0755;

  /**
   * Where the embedded server of this project says what it is; the protocol has no field for it.
   */
  private static final String IMPLEMENTATION_OPTION = "implementation";

  /** Entries of one page while a name is looked for. */
  private static final int FIND_PAGE_ENTRIES = 1_000;

  private final GrpcOptions options;
  private final Transport transport;
  private final Link master;
  private final Session session;
  private final TargetIdentity identity;
  private final Completions completions = new Completions();

  private GrpcDriver(
      GrpcOptions options,
      Transport transport,
      Link master,
      CreateSessionRequest request,
      CreateSessionResponse created) {
    this.options = options;
    this.transport = transport;
    this.master = master;
    this.session = new Session(transport, master, created);
    SessionRecovery recovery = new SessionRecovery(session, master, request);
    Reconnection.keep(master.channel(), transport.timer(), recovery::start);
    this.identity =
        new TargetIdentity(
            created
                .getSessionInfo()
                .getOptions()
                .getCustomOptionsOrDefault(IMPLEMENTATION_OPTION, "unknown"),
            master.address().toString());
  }

  /**
   * Connects to a master and opens a session.
   *
   * @param address {@code mooseng://host[:port]} or {@code host[:port]}
   * @throws IllegalArgumentException if the address cannot be one
   * @throws OperationException UNAVAILABLE or PERMISSION_DENIED, within about the connect timeout
   *     of {@code options}, saying what was found at the address instead
   */
  public static GrpcDriver open(String address, GrpcOptions options) throws OperationException {
    HostPort server = HostPort.parse(address);
    close(Opening.connect(server, options.connectTimeout()));
    Transport transport = transport(options);
    try {
      Link master = transport.link(server);
      CreateSessionRequest request =
          CreateSessionRequest.newBuilder()
              .setClientId("mooseng-bench-" + UUID.randomUUID())
              .setMountPoint("/")
              .build();
      CreateSessionResponse created =
          Opening.createSession(master, request, options.connectTimeout());
      return new GrpcDriver(options, transport, master, request, created);
    } catch (OperationException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  private static Transport transport(GrpcOptions options) throws OperationException {
    try {
      return new Transport(options);
    } catch (IOException | IllegalArgumentException e) {
      throw new OperationException(
          FailureKind.INVALID, "the TLS files cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public TargetIdentity identity() {
    return identity;
  }

  @Override
  public FileRef root() {
    return Inode.ROOT;
  }

  @Override
  public FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    Operation<FileRef> operation = operation(trace);
    CreateDirectoryRequest request =
        CreateDirectoryRequest.newBuilder()
            .setSessionId(session.id())
            .setParent(Inode.numberOf(parent))
            .setName(name)
            .setMode(DIRECTORY_MODE)
            .build();
    operation.ask(
        master,
        MasterServiceGrpc.getCreateDirectoryMethod(),
        request,
        answer -> operation.succeed(new Inode(answer.getMetadata().getInode())));
    return operation.await();
  }

  @Override
  public FileRef create(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    Operation<FileRef> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getCreateFileMethod(),
        createFile(parent, name),
        answer -> operation.succeed(new Inode(answer.getMetadata().getInode())));
    return operation.await();
  }

  private CreateFileRequest createFile(FileRef parent, String name) {
    return CreateFileRequest.newBuilder()
        .setSessionId(session.id())
        .setParent(Inode.numberOf(parent))
        .setName(name)
        .setMode(FILE_MODE)
        .build();
  }

  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    Operation<FileRef> operation = operation(trace);
    FileWrite.start(operation, transport, master, createFile(parent, name), payload);
    return operation.await();
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    startRead(file, sink, trace).await();
  }

  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    return startRead(file, sink, trace).result();
  }

  private Operation<Void> startRead(FileRef file, FrameSink sink, OperationTrace trace) {
    Operation<Void> operation = operation(trace);
    FileRead.start(operation, transport, master, getFileInfo(file), sink);
    return operation;
  }

  private GetFileInfoRequest getFileInfo(FileRef file) {
    return GetFileInfoRequest.newBuilder()
        .setSessionId(session.id())
        .setInode(Inode.numberOf(file))
        .build();
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    return stat(master, file, trace);
  }

  private FileInfo stat(Link link, FileRef file, OperationTrace trace) throws OperationException {
    Operation<FileInfo> operation = operation(trace);
    operation.ask(
        link,
        MasterServiceGrpc.getGetFileInfoMethod(),
        getFileInfo(file),
        answer ->
            operation.succeed(
                new FileInfo(
                    answer.getMetadata().getSize(),
                    answer.getMetadata().getFileType() == FileType.FILE_TYPE_DIRECTORY)));
    return operation.await();
  }

  @Override
  public ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException {
    return page(page(directory, offset, limit, trace));
  }

  private ListDirectoryResponse page(
      FileRef directory, long offset, int limit, OperationTrace trace) throws OperationException {
    Operation<ListDirectoryResponse> operation = operation(trace);
    ListDirectoryRequest request =
        ListDirectoryRequest.newBuilder()
            .setSessionId(session.id())
            .setParent(Inode.numberOf(directory))
            .setOffset(offset)
            .setLimit(limit)
            .build();
    operation.ask(master, MasterServiceGrpc.getListDirectoryMethod(), request, operation::succeed);
    return operation.await();
  }

  private static ListPage page(ListDirectoryResponse answer) {
    return new ListPage(
        answer.getEntriesList().stream().map(DirectoryEntry::getName).toList(),
        answer.getHasMore(),
        answer.getNextOffset());
  }

  /** The protocol has no look-up of a name below an inode: the directory is listed. */
  @Override
  public FileRef find(FileRef directory, String name, OperationTrace trace)
      throws OperationException {
    ListDirectoryResponse page = ListDirectoryResponse.getDefaultInstance();
    do {
      page = page(directory, page.getNextOffset(), FIND_PAGE_ENTRIES, trace);
      for (DirectoryEntry entry : page.getEntriesList()) {
        if (entry.getName().equals(name)) {
          return new Inode(entry.getMetadata().getInode());
        }
      }
    } while (page.getHasMore());
    throw OperationException.light(
        FailureKind.NOT_FOUND, "ListDirectory at " + master.address() + ": no '" + name + "'");
  }

  @Override
  public FileRef rename(FileRef file, FileRef newParent, String newName, OperationTrace trace)
      throws OperationException {
    Operation<FileRef> operation = operation(trace);
    RenameFileRequest request =
        RenameFileRequest.newBuilder()
            .setSessionId(session.id())
            .setInode(Inode.numberOf(file))
            .setNewParent(Inode.numberOf(newParent))
            .setNewName(newName)
            .build();
    operation.ask(
        master,
        MasterServiceGrpc.getRenameFileMethod(),
        request,
        answer -> acknowledge(operation, answer.getSuccess(), "RenameFile", file));
    return operation.await();
  }

  @Override
  public void delete(FileRef file, OperationTrace trace) throws OperationException {
    Operation<FileRef> operation = operation(trace);
    DeleteFileRequest request =
        DeleteFileRequest.newBuilder()
            .setSessionId(session.id())
            .setInode(Inode.numberOf(file))
            .build();
    operation.ask(
        master,
        MasterServiceGrpc.getDeleteFileMethod(),
        request,
        answer -> acknowledge(operation, answer.getSuccess(), "DeleteFile", file));
    operation.await();
  }

  @Override
  public void deleteTree(FileRef directory, OperationTrace trace) throws OperationException {
    Operation<FileRef> operation = operation(trace);
    DeleteDirectoryRequest request =
        DeleteDirectoryRequest.newBuilder()
            .setSessionId(session.id())
            .setInode(Inode.numberOf(directory))
            .setRecursive(true)
            .build();
    operation.ask(
        master,
        MasterServiceGrpc.getDeleteDirectoryMethod(),
        request,
        answer -> acknowledge(operation, answer.getSuccess(), "DeleteDirectory", directory));
    operation.await();
  }

  private void acknowledge(
      Operation<FileRef> operation, boolean success, String rpc, FileRef file) {
    if (success) {
      operation.succeed(file);
    } else {
      operation.fail(
          OperationException.light(
              FailureKind.INTERNAL,
              rpc + " at " + master.address() + ": not done, and no reason was given"));
    }
  }

  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) throws OperationException {
    if (depth == ConnectionDepth.TCP) {
      // No round trip is counted: the handshake is none of the protocol's exchanges.
      Socket socket = Opening.connect(master.address(), options.connectTimeout());
      return () -> close(socket);
    }
    Link link = transport.newLink(master.address());
    try {
      stat(link, Inode.ROOT, trace);
    } catch (OperationException e) {
      link.channel().shutdownNow();
      throw e;
    }
    return () -> link.channel().shutdownNow();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing was sent over it; the kernel ends it anyway.
    }
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    completions.await(condition);
  }

  @Override
  public void close() {
    session.close();
    transport.close();
  }

  private <T> Operation<T> operation(OperationTrace trace) {
    return new Operation<>(trace, options.deadline(), completions);
  }
}
