package io.mooseng.bench.core.server.namespace;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.FileType;
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
