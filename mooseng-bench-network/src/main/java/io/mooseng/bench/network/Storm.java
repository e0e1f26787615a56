package io.mooseng.bench.network;

import io.mooseng.bench.core.model.OperationException;

/** Connections that are made at once. Used by one thread. */
interface Storm extends AutoCloseable {

  /**
   * Begins all, and returns when all are there.
   *
   * @throws OperationException if one of them failed, when the fate of all is known: how many did,
   *     and why the first
   */
  void connect() throws OperationException;

  /** Connections that did not come about. */
  int failed();

  /** Closes those that are open. */
  @Override
  void close();
}
