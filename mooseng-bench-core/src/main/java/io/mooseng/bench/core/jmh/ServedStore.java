package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.ServerPlace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.process.TemporaryDirectories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded server of one fork and the store it serves. The server runs in a process of its own,
 * or is left to the fork; then this only looks after the store.
 */
final class ServedStore implements AutoCloseable {

  private final RunSettings settings;
  private final ServedTls tls;
  private final boolean fsync;
  private final Path scratch;
  private final RunRoots roots;
  private final ServerStart start;
  private EmbeddedServer server;
  private ScratchDirectory ownStore;

  private ServedStore(
      RunSettings settings,
      ServedTls tls,
      boolean fsync,
      Path scratch,
      RunRoots roots,
      ServerStart start) {
    this.start = start;
    this.settings = settings;
    this.tls = tls;
    this.fsync = fsync;
    this.scratch = scratch;
    this.roots = roots;
  }

  /**
   * Starts the server, or prepares its store for the fork, with the directory of the run in it.
   *
   * @param tls goes before what the settings say
   * @param fsync whether the server forces every write to disk
   * @param start where a server of its own process is started
   * @throws OperationException if the server does not start
   */
  static ServedStore open(
      RunSettings settings,
      ServedTls tls,
      boolean fsync,
      Path scratch,
      RunRoots roots,
      ServerStart start)
      throws OperationException {
    ServedStore opened = new ServedStore(settings, tls, fsync, scratch, roots, start);
    try {
      opened.start();
      return opened;
    } catch (OperationException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void start() throws OperationException {
    if (settings.server() == ServerPlace.PROCESS) {
      server = startServer(settings, tls, fsync, scratch, start);
      roots.prepare(server.uri(), where(), tls.files());
    } else if (outlivesServer()) {
      try (EmbeddedServer once = startServer(settings, tls, fsync, scratch)) {
        roots.prepare(once.uri(), where(), tls.files());
      }
    } else if (!settings.storesInMemory()) {
      ownStore = newStore();
    }
  }

  private ScratchDirectory newStore() throws OperationException {
    try {
      return new TemporaryDirectories(scratch).create("store");
    } catch (IOException e) {
      throw new OperationException(
          FailureKind.UNAVAILABLE, "no directory for the store: " + e.getMessage(), e);
    }
  }

  /** As {@link #startServer(RunSettings, ServedTls, boolean, Path, ServerStart)}, here. */
  static EmbeddedServer startServer(
      RunSettings settings, ServedTls tls, boolean fsync, Path scratch) throws OperationException {
    return startServer(settings, tls, fsync, scratch, ServerStart.LOCAL);
  }

  /** Starts a server as the settings say; in this JVM, it serves the user's store or memory. */
  private static EmbeddedServer startServer(
      RunSettings settings, ServedTls tls, boolean fsync, Path scratch, ServerStart start)
      throws OperationException {
    return settings.server() == ServerPlace.IN_PROCESS
        ? InProcessServer.start(settings.storeDirectory(), fsync, tls.files())
        : ServerProcess.start(
            new ServerProcess.Options(
                settings.store(), fsync, tls, scratch, scratch.resolve("server.err"), start));
  }

  private boolean outlivesServer() {
    return settings.storeDirectory().isPresent();
  }

  private String where() {
    return settings
        .storeDirectory()
        .map(directory -> "--store " + directory.toAbsolutePath())
        .orElse("the embedded server");
  }

  /** Where the server of this process or a process of its own listens; empty if the fork's does. */
  Optional<String> uri() {
    return Optional.ofNullable(server).map(EmbeddedServer::uri);
  }

  /** The server's process, if it has one of its own. */
  Optional<Long> pid() {
    return Optional.ofNullable(server).map(EmbeddedServer::pid);
  }

  /** What the fork must know. */
  TargetAccess access() {
    if (settings.server() == ServerPlace.PROCESS) {
      return new TargetAccess(roots.name(), roots.keeps(), null, server.pid());
    }
    String store =
        settings
            .storeDirectory()
            .or(() -> Optional.ofNullable(ownStore).map(ScratchDirectory::path))
            .map(Path::toString)
            .orElse(null);
    return new TargetAccess(
        outlivesServer() ? roots.name() : null,
        roots.keeps(),
        new TargetAccess.OwnServer(store),
        TargetAccess.THIS_PROCESS);
  }

  /** Cleans up and ends the server; doing it twice is not an error. */
  @Override
  public void close() {
    if (outlivesServer()) {
      removeRoot();
    }
    if (server != null) {
      server.close();
    }
    removeOwnStore();
  }

  /** Starts the server once more if it has died: names can be removed by a server only. */
  private void removeRoot() {
    if (server != null
        && server.isAlive()
        && roots.remove(server.uri(), where(), tls.files()).isEmpty()) {
      return;
    }
    if (server != null) {
      server.close();
    }
    try (EmbeddedServer again = startServer(settings, tls, false, scratch)) {
      roots
          .remove(again.uri(), where(), tls.files())
          .ifPresent(why -> roots.tellLeftBehind(where(), why));
    } catch (OperationException e) {
      roots.tellLeftBehind(where(), e.getMessage());
    }
  }

  private void removeOwnStore() {
    try {
      if (ownStore != null) {
        ownStore.close();
      }
    } catch (IOException e) {
      // It lies in the scratch directory of the run, which is removed at the end.
      System.err.println("left for later: " + ownStore.path() + " (" + e.getMessage() + ")");
    }
  }
}
