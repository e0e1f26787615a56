package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.CompletionSignal;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Requests;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.CreateSessionResponse;
import io.mooseng.bench.proto.DirectoryEntry;
import io.mooseng.bench.proto.ListDirectoryResponse;
import io.mooseng.bench.proto.MasterServiceGrpc;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A MooseNG system, reached at its master.
 *
 * <p>A synchronous operation is the asynchronous one and a wait. Callbacks, sinks and the dependent
 * stages of {@link #readAsync} run on event loops that all calls share: they must not block, and
 * must not call a synchronous operation. Each call has the deadline of the {@link
 * ConnectionSettings}; calls that change nothing are retried if these say so, and counted.
 */
public final class GrpcDriver implements TargetDriver {

  /** Entries of one page while a name is looked for. */
  private static final int FIND_PAGE_ENTRIES = 1_000;

  private final GrpcOptions options;
  private final Transport transport;
  private final Link master;
  private final Session session;
  private final MasterRequests requests;
  private final TargetIdentity identity;

  /** Shared with the clients made from this one, so that one thread can wait for all of them. */
  private final CompletionSignal completions;

  private GrpcDriver(
      GrpcOptions options,
      Transport transport,
      Link master,
      CompletionSignal completions,
      CreateSessionRequest request,
      CreateSessionResponse created) {
    this.completions = completions;
    this.options = options;
    this.transport = transport;
    this.master = master;
    this.session = new Session(transport, master, request, created, options.connectTimeout());
    this.requests = new MasterRequests(session);
    this.identity = Answers.identity(created, master.address());
  }

  /**
   * Connects to a master and opens a session.
   *
   * @param address {@code mooseng://host[:port]} or {@code host[:port]}
   * @throws IllegalArgumentException if the address cannot be one
   * @throws OperationException UNAVAILABLE, PERMISSION_DENIED or UNAUTHENTICATED, within about the
   *     connect timeout of {@code options}, saying what was found at the address instead
   */
  public static GrpcDriver open(String address, GrpcOptions options) throws OperationException {
    HostPort server = HostPort.parse(address);
    Opening.closeQuietly(Opening.connect(server, options.connectTimeout()));
    return open(server, options, Transport.open(options), new CompletionSignal());
  }

  private static GrpcDriver open(
      HostPort server, GrpcOptions options, Transport transport, CompletionSignal completions)
      throws OperationException {
    try {
      Link master = transport.link(server);
      CreateSessionRequest request =
          CreateSessionRequest.newBuilder()
              .setClientId("mooseng-bench-" + UUID.randomUUID())
              .setMountPoint("/")
              .build();
      CreateSessionResponse created =
          Opening.createSession(master, request, options.connectTimeout());
      return new GrpcDriver(options, transport, master, completions, request, created);
    } catch (OperationException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  @Override
  public TargetIdentity identity() {
    return identity;
  }

  @Override
  public long sessionsLost() {
    return transport.sessionsLost().get();
  }

  @Override
  public void confirmSession() {
    session.confirm();
  }

  /** For benchmarks of calls and connections. */
  public RpcAccess rpcs() {
    return new RpcAccess(transport, options, master.address());
  }

  @Override
  public FileRef root() {
    return Inode.ROOT;
  }

  @Override
  public FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    Operation<FileRef> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getCreateDirectoryMethod(),
        requests.createDirectory(parent, name),
        answer -> operation.succeed(new Inode(answer.getMetadata().getInode(), name)));
    return operation.await();
  }

  @Override
  public FileRef create(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    Operation<FileRef> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getCreateFileMethod(),
        requests.createFile(parent, name),
        answer -> operation.succeed(new Inode(answer.getMetadata().getInode(), name)));
    return operation.await();
  }

  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    Operation<FileRef> operation = operation(trace);
    FileWrite.create(operation, transport, master, requests.createFile(parent, name), payload);
    return operation.await();
  }

  @Override
  public void overwrite(FileRef file, long offset, Payload payload, OperationTrace trace)
      throws OperationException {
    Requests.requireSomething(payload);
    Requests.requireOffset(offset);
    Operation<FileRef> operation = operation(trace);
    FileWrite.overwrite(operation, transport, master, Inode.of(file), offset, payload);
    operation.await();
  }

  @Override
  public void append(FileRef file, Payload payload, OperationTrace trace)
      throws OperationException {
    Requests.requireSomething(payload);
    Operation<FileRef> operation = operation(trace);
    FileWrite.append(
        operation, transport, master, requests.getFileInfo(file), Inode.of(file), payload);
    operation.await();
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
    FileRead.whole(operation, transport, master, requests.getFileInfo(file), sink);
    return operation;
  }

  @Override
  public void readRange(
      FileRef file, long offset, long length, FrameSink sink, OperationTrace trace)
      throws OperationException {
    Operation<Void> operation = operation(trace);
    FileRead.range(operation, transport, master, requests.getFileInfo(file), offset, length, sink);
    operation.await();
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    return startStat(operation(trace), master, file).await();
  }

  @Override
  public CompletableFuture<FileInfo> statAsync(FileRef file, OperationTrace trace) {
    return startStat(operation(trace), master, file).result();
  }

  private Operation<FileInfo> startStat(Operation<FileInfo> operation, Link link, FileRef file) {
    operation.query(
        link,
        MasterServiceGrpc.getGetFileInfoMethod(),
        requests.getFileInfo(file),
        answer -> operation.succeed(Answers.info(answer.getMetadata())));
    return operation;
  }

  /** OpenFile, whose answer has what is asked for, and CloseFile for the handle it gave. */
  @Override
  public FileInfo statPath(String path, OperationTrace trace) throws OperationException {
    Requests.namesOf(path);
    Operation<FileInfo> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getOpenFileMethod(),
        requests.openFile(path),
        opened ->
            operation.ask(
                master,
                MasterServiceGrpc.getCloseFileMethod(),
                requests.closeFile(opened.getFileHandle()),
                closed ->
                    acknowledge(
                        operation,
                        closed.getSuccess(),
                        "CloseFile",
                        Answers.info(opened.getMetadata()))));
    return operation.await();
  }

  @Override
  public void setAttributes(String path, Map<String, byte[]> attributes, OperationTrace trace)
      throws OperationException {
    Requests.namesOf(path);
    Operation<String> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getSetExtendedAttributesMethod(),
        MasterRequests.setAttributes(path, attributes),
        answer -> acknowledge(operation, answer.getSuccess(), "SetExtendedAttributes", path));
    operation.await();
  }

  @Override
  public Map<String, byte[]> attributes(String path, OperationTrace trace)
      throws OperationException {
    Requests.namesOf(path);
    Operation<Map<String, byte[]>> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getGetExtendedAttributesMethod(),
        MasterRequests.getAttributes(path),
        answer -> operation.succeed(Answers.attributes(answer)));
    return operation.await();
  }

  @Override
  public ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException {
    return Answers.page(page(directory, offset, limit, trace));
  }

  private ListDirectoryResponse page(
      FileRef directory, long offset, int limit, OperationTrace trace) throws OperationException {
    Operation<ListDirectoryResponse> operation = operation(trace);
    operation.query(
        master,
        MasterServiceGrpc.getListDirectoryMethod(),
        requests.listDirectory(directory, offset, limit),
        operation::succeed);
    return operation.await();
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
          return new Inode(entry.getMetadata().getInode(), name);
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
    FileRef renamed = new Inode(Inode.numberOf(file), newName);
    operation.ask(
        master,
        MasterServiceGrpc.getRenameFileMethod(),
        requests.renameFile(file, newParent, newName),
        answer -> acknowledge(operation, answer.getSuccess(), "RenameFile", renamed));
    return operation.await();
  }

  @Override
  public void delete(FileRef file, OperationTrace trace) throws OperationException {
    Operation<FileRef> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getDeleteFileMethod(),
        requests.deleteFile(file),
        answer -> acknowledge(operation, answer.getSuccess(), "DeleteFile", file));
    operation.await();
  }

  @Override
  public void deleteTree(FileRef directory, OperationTrace trace) throws OperationException {
    Operation<FileRef> operation = operation(trace);
    operation.ask(
        master,
        MasterServiceGrpc.getDeleteDirectoryMethod(),
        requests.deleteTree(directory),
        answer -> acknowledge(operation, answer.getSuccess(), "DeleteDirectory", directory));
    operation.await();
  }

  private <T> void acknowledge(Operation<T> operation, boolean success, String rpc, T value) {
    if (success) {
      operation.succeed(value);
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
      long start = Ticker.SYSTEM.nanoTime();
      Socket socket = Opening.connect(master.address(), options.connectTimeout());
      trace.add(Stage.CONNECT, Ticker.SYSTEM.nanoTime() - start);
      return () -> Opening.closeQuietly(socket);
    }
    Operation<FileInfo> operation = operation(trace);
    Link link = transport.newLink(master.address());
    try {
      startStat(operation, link, Inode.ROOT).await();
    } catch (OperationException e) {
      link.shutdownNow();
      throw e;
    }
    return link::shutdownNow;
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    completions.await(condition);
  }

  /** With connections and a session of its own; it shares only the threads. */
  @Override
  public TargetDriver newClient() throws OperationException {
    return open(master.address(), options, transport.newClient(), completions);
  }

  @Override
  public void close() {
    session.close();
    transport.close();
  }

  private <T> Operation<T> operation(OperationTrace trace) {
    return new Operation<>(trace, transport, session, completions);
  }
}
