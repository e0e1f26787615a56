package io.mooseng.bench.core.target.memory;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Requests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * Names of files and directories, in memory.
 *
 * <p>Threads that work in different directories do not wait for each other; reading takes no lock.
 * Safe for use by any number of threads. Its failures carry no stack trace.
 *
 * @param <C> the content of files
 */
public final class Namespace<C> {

  private final AtomicLong directoryIds = new AtomicLong();
  private final DirectoryNode<C> root = new DirectoryNode<>(directoryIds.incrementAndGet());

  private final ToLongFunction<C> sizeOf;

  /**
   * @param sizeOf bytes of a file's content
   */
  public Namespace(ToLongFunction<C> sizeOf) {
    this.sizeOf = sizeOf;
  }

  public FileRef root() {
    return root;
  }

  /** Fails with ALREADY_EXISTS if the name is taken, NOT_FOUND if the parent was deleted. */
  public FileRef createDirectory(FileRef parent, String name) throws OperationException {
    return add(parent, name, new DirectoryNode<>(directoryIds.incrementAndGet()));
  }

  /** Fails with ALREADY_EXISTS if the name is taken, NOT_FOUND if the parent was deleted. */
  public FileRef createFile(FileRef parent, String name, C content) throws OperationException {
    return add(parent, name, new FileNode<>(content));
  }

  private FileRef add(FileRef parent, String name, Node<C> node) throws OperationException {
    requireName(name);
    DirectoryNode<C> directory = directory(parent);
    synchronized (directory) {
      requireFree(directory, name);
      directory.add(name, node);
    }
    return node;
  }

  /** The content of a file that exists; INVALID if it is a directory. */
  public C content(FileRef file) throws OperationException {
    if (existing(file) instanceof FileNode<C> found) {
      return found.content();
    }
    throw OperationException.light(FailureKind.INVALID, "is a directory");
  }

  /** Size and type; NOT_FOUND if it was deleted. */
  public FileInfo stat(FileRef file) throws OperationException {
    return info(existing(file));
  }

  /**
   * What a path leads to; NOT_FOUND if a name of it does not exist.
   *
   * @param path names separated by single slashes
   */
  public FileRef byPath(String path) throws OperationException {
    Node<C> node = root;
    for (String name : Requests.namesOf(path)) {
      node = node instanceof DirectoryNode<C> directory ? directory.get(name) : null;
      if (node == null) {
        throw notFound();
      }
    }
    return node;
  }

  /** The extended attributes of a file or directory, at this moment. */
  public Map<String, byte[]> attributes(FileRef file) throws OperationException {
    return existing(file).attributes();
  }

  /** Adds extended attributes, or replaces those of the same names. */
  public void setAttributes(FileRef file, Map<String, byte[]> attributes)
      throws OperationException {
    existing(file).addAttributes(attributes);
  }

  /** One page of a directory; {@code offset} is the cookie to go on from. */
  public ListPage list(FileRef directory, long offset, int limit) throws OperationException {
    if (!(existing(directory) instanceof DirectoryNode<C> found)) {
      throw OperationException.light(FailureKind.INVALID, "not a directory");
    }
    List<ListPage.Entry> page = new ArrayList<>(Math.min(limit, 1024));
    for (Map.Entry<Long, Node<C>> entry : found.entriesFrom(offset).entrySet()) {
      if (page.size() == limit) {
        return new ListPage(page, true, entry.getKey());
      }
      Node<C> node = entry.getValue();
      page.add(new ListPage.Entry(node.name(), node, Optional.of(info(node))));
    }
    return new ListPage(page, false, 0);
  }

  private FileInfo info(Node<C> node) {
    return node instanceof FileNode<C> file
        ? new FileInfo(sizeOf.applyAsLong(file.content()), false)
        : new FileInfo(0, true);
  }

  /** What a directory has by this name; NOT_FOUND if nothing. */
  public FileRef find(FileRef directory, String name) throws OperationException {
    Node<C> found = directory(directory).get(name);
    if (found == null) {
      throw notFound();
    }
    return found;
  }

  /** Renames a file; directories cannot be renamed here (UNIMPLEMENTED). */
  public FileRef rename(FileRef file, FileRef newParent, String newName) throws OperationException {
    requireName(newName);
    if (!(existing(file) instanceof FileNode<C> source)) {
      throw OperationException.light(
          FailureKind.UNIMPLEMENTED, "only files can be renamed in memory");
    }
    DirectoryNode<C> to = directory(newParent);
    while (true) {
      DirectoryNode<C> from = source.parent();
      if (from == null) {
        throw notFound();
      }
      boolean toFirst = to.id() < from.id();
      synchronized (toFirst ? to : from) {
        synchronized (toFirst ? from : to) {
          if (source.parent() == from) {
            requireFree(to, newName);
            from.unlist(source);
            to.add(newName, source);
            return source;
          }
        }
      }
    }
  }

  /** Deletes a file; INVALID if it is a directory. */
  public void delete(FileRef file) throws OperationException {
    if (!(existing(file) instanceof FileNode<C> found)) {
      throw OperationException.light(FailureKind.INVALID, "is a directory");
    }
    detach(found);
  }

  /** Deletes a directory, which cannot be the root, and all that is in it. */
  public void deleteTree(FileRef tree) throws OperationException {
    if (tree == root || !(existing(tree) instanceof DirectoryNode<C> top)) {
      throw OperationException.light(
          FailureKind.INVALID, "only a directory below the root can be deleted with its tree");
    }
    detach(top);
    Deque<DirectoryNode<C>> left = new ArrayDeque<>(List.of(top));
    while (!left.isEmpty()) {
      DirectoryNode<C> directory = left.pop();
      synchronized (directory) {
        for (Node<C> node : directory.removeAll()) {
          if (node instanceof DirectoryNode<C> child) {
            left.push(child);
          }
        }
      }
    }
  }

  private void detach(Node<C> node) throws OperationException {
    while (true) {
      DirectoryNode<C> parent = node.parent();
      if (parent == null) {
        throw notFound();
      }
      synchronized (parent) {
        if (node.parent() == parent) {
          parent.remove(node);
          return;
        }
      }
    }
  }

  private void requireFree(DirectoryNode<C> directory, String name) throws OperationException {
    if (directory.removed()) {
      throw notFound();
    }
    if (directory.has(name)) {
      throw OperationException.light(FailureKind.ALREADY_EXISTS, "the name is taken: " + name);
    }
  }

  private DirectoryNode<C> directory(FileRef parent) throws OperationException {
    if (existing(parent) instanceof DirectoryNode<C> directory) {
      return directory;
    }
    throw OperationException.light(FailureKind.INVALID, "the parent is not a directory");
  }

  @SuppressWarnings("unchecked")
  private Node<C> existing(FileRef ref) throws OperationException {
    Node<C> node = (Node<C>) ref;
    if (node.parent() == null && node != root) {
      throw notFound();
    }
    return node;
  }

  private static void requireName(String name) throws OperationException {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw OperationException.light(
          FailureKind.INVALID, "'" + name + "' is not a file name; accepted: a name without '/'");
    }
  }

  private static OperationException notFound() {
    return OperationException.light(FailureKind.NOT_FOUND, "no such file or directory");
  }
}
