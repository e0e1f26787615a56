package io.mooseng.bench.core.target.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A directory. Changed by a thread that holds its monitor, read without it.
 *
 * <p>Every entry has a cookie that is never used again in this directory, as in many real file
 * systems: a listing that goes on after a cookie meets every entry that stays exactly once,
 * whatever is created and deleted meanwhile.
 */
final class DirectoryNode<C> extends Node<C> {

  private final long id;
  private final Map<String, Node<C>> byName = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, String> byCookie = new ConcurrentSkipListMap<>();
  private long lastCookie;
  private boolean removed;

  DirectoryNode(long id) {
    this.id = id;
  }

  /** Decides which of two directories is locked first. */
  long id() {
    return id;
  }

  boolean removed() {
    return removed;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The entry of this name, or null. */
  Node<C> get(String name) {
    return byName.get(name);
  }

  void add(String name, Node<C> node) {
    node.placed(this, name, ++lastCookie);
    byName.put(name, node);
    byCookie.put(node.cookie(), name);
  }

  void remove(Node<C> node) {
    unlist(node);
    node.unplaced();
  }

  /** Takes a node out that is about to be added elsewhere: it never looks deleted. */
  void unlist(Node<C> node) {
    byName.remove(node.name());
    byCookie.remove(node.cookie());
  }

  /** Empties the directory; it takes no more entries from now on. */
  List<Node<C>> removeAll() {
    removed = true;
    List<Node<C>> nodes = new ArrayList<>(byName.values());
    nodes.forEach(this::remove);
    return nodes;
  }

  /** Names by cookie, from {@code cookie} on, in order. */
  Map<Long, String> namesFrom(long cookie) {
    return byCookie.tailMap(cookie, true);
  }
}
