package io.mooseng.bench.core.target;

/**
 * A target or a capability the user asked for is not there; the message is one line that names it
 * and the cause. The program ends with exit code 4.
 */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
