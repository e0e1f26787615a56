package io.mooseng.bench.core.target.memory;

import io.mooseng.bench.core.target.FileRef;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * A file or directory of a {@link Namespace}. Stays the same object when it is renamed.
 *
 * @param <C> the content of files
 */
abstract sealed class Node<C> implements FileRef permits FileNode, DirectoryNode {

  /** Null once deleted, and for the root; written by who holds the monitor of the directory. */
  private volatile DirectoryNode<C> parent;

  private String name;
  private long cookie;

  /** Replaced as a whole; written by who holds the monitor of this node. */
  private volatile Map<String, byte[]> attributes = Map.of();

  Node() {}

  DirectoryNode<C> parent() {
    return parent;
  }

  String name() {
    return name;
  }

  long cookie() {
    return cookie;
  }

  void placed(DirectoryNode<C> newParent, String newName, long newCookie) {
    name = newName;
    cookie = newCookie;
    parent = newParent;
  }

  void unplaced() {
    parent = null;
  }

  Map<String, byte[]> attributes() {
    return attributes;
  }

  synchronized void addAttributes(Map<String, byte[]> added) {
    Map<String, byte[]> all = new HashMap<>(attributes);
    added.forEach((key, value) -> all.put(key, value.clone()));
    attributes = Collections.unmodifiableMap(all);
  }

  @Override
  public String toString() {
    return name == null ? "/" : "'" + name + "'";
  }
}
