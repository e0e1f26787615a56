package io.mooseng.bench.core.server.namespace;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.FileType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One file or directory. Guarded by the lock of its {@link NamespaceTree}. */
final class Node {

  /** POSIX: permission bits and set-uid, set-gid and sticky. */
  private static final int MODE_MASK = 07777;

  final long inode;
  final boolean isDirectory;
  long parent;
  String name;

  /** The place in the listing of the parent. */
  long sequence;

  int mode;
  int uid;
  int gid;
  Timestamp accessed;
  Timestamp modified;
  Timestamp changed;
  final Map<String, ByteString> xattrs = new HashMap<>();

  /** Of a file, in order. */
  final List<ChunkInfo> chunks = new ArrayList<>();

  private final Map<String, Node> byName;
  private final NavigableMap<Long, Node> bySequence;
  private long lastSequence;
  private int subdirectories;

  Node(long inode, boolean isDirectory, int mode, Timestamp time) {
    this.inode = inode;
    this.isDirectory = isDirectory;
    this.mode = mode & MODE_MASK;
    this.accessed = time;
    this.modified = time;
    this.changed = time;
    this.byName = isDirectory ? new HashMap<>() : Map.of();
    this.bySequence = new TreeMap<>();
  }

  /** Writes all but the children; {@link #readFrom} reads it back. */
  void writeTo(DataOutputStream out) throws IOException {
    metadata().writeDelimitedTo(out);
    out.writeUTF(name == null ? "" : name);
    out.writeLong(sequence);
    out.writeLong(lastSequence);
    out.writeInt(chunks.size());
    for (ChunkInfo chunk : chunks) {
      chunk.writeDelimitedTo(out);
    }
  }

  /** A node without children; {@link #adopt} gives them back to their parents. */
  static Node readFrom(DataInputStream in) throws IOException {
    FileMetadata metadata = FileMetadata.parseDelimitedFrom(in);
    if (metadata == null) {
      throw new EOFException("a snapshot of a namespace ends too early");
    }
    boolean directory = metadata.getFileType() == FileType.FILE_TYPE_DIRECTORY;
    Node node = new Node(metadata.getInode(), directory, metadata.getMode(), metadata.getCtime());
    node.parent = metadata.getParent();
    node.uid = metadata.getUid();
    node.gid = metadata.getGid();
    node.accessed = metadata.getAtime();
    node.modified = metadata.getMtime();
    node.xattrs.putAll(metadata.getXattrsMap());
    node.name = in.readUTF();
    node.sequence = in.readLong();
    node.lastSequence = in.readLong();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      node.chunks.add(ChunkInfo.parseDelimitedFrom(in));
    }
    return node;
  }

  /** Takes a child as it was, without touching anything. */
  void adopt(Node child) {
    byName.put(child.name, child);
    bySequence.put(child.sequence, child);
    subdirectories += child.isDirectory ? 1 : 0;
  }

  Node child(String childName) {
    return byName.get(childName);
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  Iterable<Node> children() {
    return bySequence.values();
  }

  Iterable<Node> childrenAfter(long offset) {
    return bySequence.tailMap(offset, false).values();
  }

  void link(Node child, String childName, Timestamp time) {
    child.parent = inode;
    child.name = childName;
    child.sequence = ++lastSequence;
    byName.put(childName, child);
    bySequence.put(child.sequence, child);
    subdirectories += child.isDirectory ? 1 : 0;
    touch(time);
  }

  void unlink(Node child, Timestamp time) {
    byName.remove(child.name);
    bySequence.remove(child.sequence);
    subdirectories -= child.isDirectory ? 1 : 0;
    touch(time);
  }

  /** The content changed. */
  void touch(Timestamp time) {
    modified = time;
    changed = time;
  }

  void setMode(int newMode) {
    mode = newMode & MODE_MASK;
  }

  /** The bytes of a file whose chunks were reported; a chunk being written counts as before. */
  long size() {
    long size = 0;
    for (ChunkInfo chunk : chunks) {
      size += chunk.getSize();
    }
    return size;
  }

  FileMetadata metadata() {
    FileMetadata.Builder metadata =
        FileMetadata.newBuilder()
            .setInode(inode)
            .setParent(parent)
            .setFileType(isDirectory ? FileType.FILE_TYPE_DIRECTORY : FileType.FILE_TYPE_FILE)
            .setMode(mode)
            .setUid(uid)
            .setGid(gid)
            .setSize(size())
            .setAtime(accessed)
            .setMtime(modified)
            .setCtime(changed)
            .setNlink(isDirectory ? 2 + subdirectories : 1)
            .putAllXattrs(xattrs);
    for (ChunkInfo chunk : chunks) {
      metadata.addChunkIds(chunk.getChunkId());
    }
    return metadata.build();
  }
}
