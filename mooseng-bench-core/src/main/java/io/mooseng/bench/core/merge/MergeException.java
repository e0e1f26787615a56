package io.mooseng.bench.core.merge;

/** Runs that cannot be one; the message is one line that names them and says why. */
public final class MergeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MergeException(String message) {
    super(message);
  }
}
