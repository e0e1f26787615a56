package io.mooseng.bench.core.server.namespace;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.CreateDirectoryRequest;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.DeleteDirectoryRequest;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.DirectoryEntry;
import io.mooseng.bench.proto.MetadataUpdate;
import io.mooseng.bench.proto.RenameFileRequest;
import io.mooseng.bench.proto.ReportChunkStatusRequest;
import io.mooseng.bench.proto.SetExtendedAttributesRequest;
import io.mooseng.bench.proto.SetFileAttributesRequest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The tree of files in memory: a state machine whose state depends on nothing but the commands
 * applied, in their order.
 *
 * <p>Reads may come from any thread. Commands come one at a time: {@link #prepare} decides whether
 * a command is possible and changes nothing, the change it answers is made before the next is
 * prepared, and in between the command can be logged. One lock guards the whole tree; a command
 * holds it for about a microsecond, far less than the call that carried it.
 */
public final class NamespaceTree implements NamespaceView {

  /** The inode of the root directory, by the wire protocol. */
  public static final long ROOT = 1;

  /** A page stays well below the 4 MiB that a gRPC client accepts in one message by default. */
  private static final int MAX_PAGE_BYTES = 1 << 20;

  private static final int ROOT_MODE = 0755;
  private static final int SNAPSHOT_VERSION = 1;

  private final Lock readLock;
  private final Lock writeLock;
  private final Map<Long, Node> nodes = new HashMap<>();
  private final ChunkTable chunks = new ChunkTable();
  private long lastInode = ROOT;
  private long directories;

  public NamespaceTree() {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    readLock = lock.readLock();
    writeLock = lock.writeLock();
    Node root = new Node(ROOT, true, ROOT_MODE, Timestamp.getDefaultInstance());
    root.parent = ROOT;
    nodes.put(ROOT, root);
  }

  /**
   * Checks a command.
   *
   * @return makes the change and answers the files and chunks it made, changed or removed
   * @throws NamespaceException if the command is refused
   */
  public Supplier<MetadataUpdate> prepare(Command command) {
    readLock.lock();
    try {
      Supplier<MetadataUpdate> change = change(command);
      return () -> locked(writeLock, change);
    } finally {
      readLock.unlock();
    }
  }

  private Supplier<MetadataUpdate> change(Command command) {
    Timestamp time = Timestamps.of(command.time());
    if (command.request() instanceof CreateFileRequest request) {
      return create(request, time);
    } else if (command.request() instanceof CreateDirectoryRequest request) {
      return create(request, time);
    } else if (command.request() instanceof DeleteFileRequest request) {
      return deleteFile(request, time);
    } else if (command.request() instanceof DeleteDirectoryRequest request) {
      return deleteDirectory(request, time);
    } else if (command.request() instanceof RenameFileRequest request) {
      return rename(request, time);
    } else if (command.request() instanceof SetFileAttributesRequest request) {
      return setAttributes(request, time);
    } else if (command.request() instanceof SetExtendedAttributesRequest request) {
      return setXattrs(request, time);
    } else if (command.request() instanceof AllocateChunkRequest request) {
      return chunks.allocate(file(request.getInode()), request, time);
    } else if (command.request() instanceof ReportChunkStatusRequest request) {
      return chunks.report(request, time, nodes::get);
    }
    throw new IllegalArgumentException(command.request().getClass().getSimpleName());
  }

  private Supplier<MetadataUpdate> create(CreateFileRequest request, Timestamp time) {
    Node parent = freePlace(request.getParent(), request.getName());
    return () -> {
      Node node = new Node(++lastInode, false, request.getMode(), time);
      node.xattrs.putAll(request.getXattrsMap());
      return add(parent, node, request.getName(), time);
    };
  }

  private Supplier<MetadataUpdate> create(CreateDirectoryRequest request, Timestamp time) {
    Node parent = freePlace(request.getParent(), request.getName());
    return () -> {
      Node node = new Node(++lastInode, true, request.getMode(), time);
      node.xattrs.putAll(request.getXattrsMap());
      directories++;
      return add(parent, node, request.getName(), time);
    };
  }

  private MetadataUpdate add(Node parent, Node node, String name, Timestamp time) {
    nodes.put(node.inode, node);
    parent.link(node, name, time);
    return updated(node);
  }

  private Supplier<MetadataUpdate> deleteFile(DeleteFileRequest request, Timestamp time) {
    Node node = file(request.getInode());
    return () -> remove(node, time);
  }

  private Supplier<MetadataUpdate> deleteDirectory(DeleteDirectoryRequest request, Timestamp time) {
    Node node = directory(request.getInode());
    if (node.inode == ROOT) {
      throw NamespaceException.precondition("the root directory cannot be deleted");
    }
    if (!node.isEmpty() && !request.getRecursive()) {
      throw NamespaceException.precondition("directory '" + node.name + "' is not empty");
    }
    return () -> remove(node, time);
  }

  /** Removes a node and what is below it; answers all of them, with their chunks. */
  private MetadataUpdate remove(Node top, Timestamp time) {
    nodes.get(top.parent).unlink(top, time);
    MetadataUpdate.Builder removed = MetadataUpdate.newBuilder();
    Deque<Node> waiting = new ArrayDeque<>(List.of(top));
    while (!waiting.isEmpty()) {
      Node node = waiting.pop();
      nodes.remove(node.inode);
      directories -= node.isDirectory ? 1 : 0;
      removed.addFiles(node.metadata()).addAllChunks(node.chunks);
      chunks.remove(node);
      node.children().forEach(waiting::push);
    }
    return removed.build();
  }

  private Supplier<MetadataUpdate> rename(RenameFileRequest request, Timestamp time) {
    Node node = node(request.getInode());
    if (node.inode == ROOT) {
      throw NamespaceException.precondition("the root directory cannot be renamed");
    }
    Node target = freePlace(request.getNewParent(), request.getNewName());
    for (Node above = target; above.inode != ROOT; above = nodes.get(above.parent)) {
      if (above == node) {
        throw NamespaceException.invalid("'" + node.name + "' cannot be moved into itself");
      }
    }
    return () -> {
      nodes.get(node.parent).unlink(node, time);
      target.link(node, request.getNewName(), time);
      node.changed = time;
      return updated(node);
    };
  }

  private Supplier<MetadataUpdate> setAttributes(SetFileAttributesRequest request, Timestamp time) {
    Node node = node(request.getPath());
    return () -> {
      if (request.hasMode()) {
        node.setMode(request.getMode());
      }
      node.uid = request.hasUid() ? request.getUid() : node.uid;
      node.gid = request.hasGid() ? request.getGid() : node.gid;
      node.accessed = request.hasAtime() ? request.getAtime() : node.accessed;
      node.modified = request.hasMtime() ? request.getMtime() : node.modified;
      node.changed = time;
      return updated(node);
    };
  }

  private Supplier<MetadataUpdate> setXattrs(SetExtendedAttributesRequest request, Timestamp time) {
    Node node = node(request.getPath());
    return () -> {
      if (request.getReplace()) {
        node.xattrs.clear();
      }
      node.xattrs.putAll(request.getXattrsMap());
      node.changed = time;
      return updated(node);
    };
  }

  private static MetadataUpdate updated(Node node) {
    return MetadataUpdate.newBuilder().addFiles(node.metadata()).build();
  }

  private Node node(long inode) {
    Node node = nodes.get(inode);
    if (node == null) {
      throw NamespaceException.notFound("inode " + Long.toUnsignedString(inode));
    }
    return node;
  }

  private Node node(String path) {
    Node node = nodes.get(ROOT);
    for (String name : Names.ofPath(path)) {
      node = node.child(name);
      if (node == null) {
        throw NamespaceException.notFound("'" + path + "'");
      }
    }
    return node;
  }

  private Node file(long inode) {
    Node node = node(inode);
    if (node.isDirectory) {
      throw NamespaceException.precondition("'" + node.name + "' is a directory");
    }
    return node;
  }

  private Node directory(long inode) {
    Node node = node(inode);
    if (!node.isDirectory) {
      throw NamespaceException.precondition("'" + node.name + "' is not a directory");
    }
    return node;
  }

  private Node freePlace(long parent, String name) {
    Node directory = directory(parent);
    if (directory.child(Names.checked(name)) != null) {
      throw new NamespaceException(
          Status.Code.ALREADY_EXISTS, "'" + name + "' exists in the directory");
    }
    return directory;
  }

  /**
   * Writes the whole state, for {@link #restore}. Two trees to which the same commands were applied
   * need not write the same bytes.
   *
   * @throws IOException if {@code out} cannot be written
   */
  public void snapshot(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    readLock.lock();
    try {
      data.writeInt(SNAPSHOT_VERSION);
      data.writeLong(lastInode);
      data.writeLong(chunks.lastChunkId());
      data.writeInt(nodes.size());
      for (Node node : nodes.values()) {
        node.writeTo(data);
      }
    } finally {
      readLock.unlock();
    }
    data.flush();
  }

  /**
   * Replaces the state by one that {@link #snapshot} has written.
   *
   * @throws IOException if {@code in} cannot be read or is no snapshot; the state is as before
   */
  public void restore(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int version = data.readInt();
    if (version != SNAPSHOT_VERSION) {
      throw new IOException("a snapshot of version " + version + " cannot be read");
    }
    long inode = data.readLong();
    long chunkId = data.readLong();
    int count = data.readInt();
    Map<Long, Node> restored = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Node node = Node.readFrom(data);
      restored.put(node.inode, node);
    }
    for (Node node : restored.values()) {
      if (node.inode != ROOT) {
        restored.get(node.parent).adopt(node);
      }
    }
    writeLock.lock();
    try {
      nodes.clear();
      nodes.putAll(restored);
      chunks.restore(chunkId, nodes.values());
      lastInode = inode;
      directories = nodes.values().stream().filter(node -> node.isDirectory).count() - 1;
    } finally {
      writeLock.unlock();
    }
  }

  @Override
  public Entry byInode(long inode) {
    return locked(readLock, () -> entry(node(inode)));
  }

  @Override
  public Entry byPath(String path) {
    return locked(readLock, () -> entry(node(path)));
  }

  private static Entry entry(Node node) {
    return new Entry(node.metadata(), node.chunks);
  }

  @Override
  public Page list(long inode, long offset, int limit) {
    return locked(readLock, () -> page(directory(inode), offset, limit));
  }

  private static Page page(Node directory, long offset, int limit) {
    List<DirectoryEntry> entries = new ArrayList<>();
    long next = offset;
    int bytes = 0;
    for (Node child : directory.childrenAfter(offset)) {
      if (entries.size() == limit || bytes > MAX_PAGE_BYTES) {
        return new Page(entries, true, next);
      }
      DirectoryEntry entry =
          DirectoryEntry.newBuilder().setName(child.name).setMetadata(child.metadata()).build();
      entries.add(entry);
      bytes += entry.getSerializedSize();
      next = child.sequence;
    }
    return new Page(entries, false, next);
  }

  @Override
  public Optional<ChunkInfo> chunk(long chunkId) {
    return locked(readLock, () -> chunks.find(chunkId, nodes::get));
  }

  @Override
  public Totals totals() {
    return locked(
        readLock,
        () ->
            new Totals(
                nodes.size() - 1 - directories, directories, chunks.count(), chunks.bytes()));
  }

  private static <T> T locked(Lock lock, Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }
}
