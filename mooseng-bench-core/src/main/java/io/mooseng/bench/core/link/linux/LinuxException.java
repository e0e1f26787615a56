package io.mooseng.bench.core.link.linux;

import java.io.IOException;

/** A system call failed; the message names what was tried and the kernel's reason, in one line. */
public final class LinuxException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;

  LinuxException(String what, int errno, String reason) {
    super(what + ": " + reason);
    this.errno = errno;
  }

  /** The error number, as in errno(3). */
  public int errno() {
    return errno;
  }
}
