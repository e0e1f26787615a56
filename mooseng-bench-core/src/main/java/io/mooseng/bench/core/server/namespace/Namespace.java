package io.mooseng.bench.core.server.namespace;

import io.mooseng.bench.proto.MetadataUpdate;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The files and directories of a server, changed by commands in one order.
 *
 * <p>Safe for use by any number of threads. Futures may complete on an internal thread; what
 * depends on them must not block.
 */
public interface Namespace extends AutoCloseable {

  /**
   * Orders and applies a command.
   *
   * @return completes when the command is applied and as durable as the namespace promises, with
   *     the files and chunks it made, changed or removed; fails with {@link NamespaceException} if
   *     the command was refused, with {@link IOException} if it could not be made durable
   */
  CompletableFuture<MetadataUpdate> submit(Command command);

  /**
   * A view at least as new as every command that was acknowledged before this call, by whichever
   * server of a cluster.
   */
  CompletableFuture<NamespaceView> view();

  /**
   * Whether this node knows every file from the start, so that a stored chunk without a file is
   * garbage then.
   */
  boolean completeAtStart();

  @Override
  void close() throws IOException;
}
