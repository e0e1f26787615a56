package io.mooseng.bench.core.recording;

import io.mooseng.bench.core.target.FileInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file or directory that a call has met on the target, through all the names it has: where it
 * lies, and how large it is as far as calls have told. Safe for use by any number of threads, but
 * for what {@link TraceNames} keeps here.
 */
final class TargetNode {

  /** The size of what no call has told of. */
  static final long UNKNOWN = -1;

  private volatile Place place;
  private volatile long size;
  private volatile boolean directory;

  /** By name; null for what nothing was met in. */
  private volatile Map<String, TargetNode> children;

  /** The name it has in the trace; null if it has none. For {@link TraceNames}. */
  TraceNames.Name traced;

  /** Names within it in the trace; null if it has none. For {@link TraceNames}. */
  DirectoryNames names;

  private TargetNode(Place place, long size, boolean directory) {
    this.place = place;
    this.size = size;
    this.directory = directory;
  }

  /** The root of a target. */
  static TargetNode root() {
    return new TargetNode(null, 0, true);
  }

  /** Where it lies, or lay when it was removed; null for the root. */
  Place place() {
    return place;
  }

  /** In bytes, or {@link #UNKNOWN}. */
  long size() {
    return size;
  }

  boolean isDirectory() {
    return directory;
  }

  private Map<String, TargetNode> contents() {
    if (children == null) {
      synchronized (this) {
        if (children == null) {
          children = new ConcurrentHashMap<>();
        }
      }
    }
    return children;
  }

  /** What was met in this directory under a name, or null. */
  TargetNode child(String name) {
    return children == null ? null : children.get(name);
  }

  /** A file that was made in this directory. */
  TargetNode makeFile(String name, long bytes) {
    return put(new TargetNode(new Place(this, name), bytes, false));
  }

  /** A directory that was made in this one. */
  TargetNode makeDirectory(String name) {
    return put(new TargetNode(new Place(this, name), 0, true));
  }

  private static TargetNode put(TargetNode node) {
    Place at = node.place;
    at.directory().contents().put(at.name(), node);
    return node;
  }

  /** What was met in this directory, whoever made it. */
  TargetNode meet(String name) {
    return contents()
        .computeIfAbsent(name, met -> new TargetNode(new Place(this, name), UNKNOWN, false));
  }

  /** A directory that must be there, for something was met in it. */
  TargetNode meetDirectory(String name) {
    TargetNode met = meet(name);
    met.directory = true;
    return met;
  }

  /** A call has told of it; what is known of a size already is not questioned. */
  void told(FileInfo info) {
    directory = info.directory();
    if (size == UNKNOWN) {
      size = info.size();
    }
  }

  /** It was appended to; one append at a time. */
  void grow(long bytes) {
    long before = size;
    size = before == UNKNOWN ? UNKNOWN : before + bytes;
  }

  /** It was given another place. */
  void moveTo(Place to) {
    remove();
    place = to;
    put(this);
  }

  /** It was deleted, with all that is in it. */
  void remove() {
    Place was = place;
    if (was != null && was.directory().children != null) {
      was.directory().children.remove(was.name(), this);
    }
  }
}
