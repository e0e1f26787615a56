package io.mooseng.bench.core.server.chunk;

import java.io.IOException;

/** The store has no room for what was to be written. */
public final class StoreFullException extends IOException {

  private static final long serialVersionUID = 1L;

  StoreFullException(String message) {
    super(message);
  }
}
