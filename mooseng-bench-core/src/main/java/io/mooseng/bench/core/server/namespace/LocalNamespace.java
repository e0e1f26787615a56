package io.mooseng.bench.core.server.namespace;

import io.mooseng.bench.proto.MetadataUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The namespace of a single server: a tree in memory, and a journal of the commands that made it,
 * if it is to survive.
 *
 * <p>The journal is replayed at the start and never compacted; a benchmark's store lives for a run.
 */
public final class LocalNamespace implements Namespace {

  private final NamespaceTree tree = new NamespaceTree();
  private final Lock order = new ReentrantLock();
  private final Optional<Journal> journal;
  private final Optional<GroupCommit> commits;

  private LocalNamespace() {
    journal = Optional.empty();
    commits = Optional.empty();
  }

  private LocalNamespace(Path file, boolean fsync) throws IOException {
    journal = Optional.of(Journal.open(file, this::replay));
    commits = fsync ? journal.map(GroupCommit::new) : Optional.empty();
  }

  /** A namespace that is gone when it is closed. */
  public static LocalNamespace inMemory() {
    return new LocalNamespace();
  }

  /**
   * A namespace kept in a file.
   *
   * @param fsync whether a command is acknowledged only once it is on the device
   * @throws IOException if the file cannot be read, or is damaged before its end
   */
  public static LocalNamespace inFile(Path journal, boolean fsync) throws IOException {
    return new LocalNamespace(journal, fsync);
  }

  private void replay(byte[] record) {
    tree.prepare(Command.parse(record)).get();
  }

  @Override
  public CompletableFuture<MetadataUpdate> submit(Command command) {
    MetadataUpdate update;
    order.lock();
    try {
      Supplier<MetadataUpdate> change = tree.prepare(command);
      if (journal.isPresent()) {
        journal.get().append(command.encode());
      }
      update = change.get();
    } catch (NamespaceException | IOException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      order.unlock();
    }
    return commits
        .map(GroupCommit::forced)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .thenApply(forced -> update);
  }

  @Override
  public CompletableFuture<NamespaceView> view() {
    return CompletableFuture.completedFuture(tree);
  }

  @Override
  public boolean completeAtStart() {
    return true;
  }

  @Override
  public void close() throws IOException {
    commits.ifPresent(GroupCommit::close);
    if (journal.isPresent()) {
      journal.get().force();
      journal.get().close();
    }
  }
}
