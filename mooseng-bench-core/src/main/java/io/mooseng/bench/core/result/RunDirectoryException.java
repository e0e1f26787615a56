package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** A run directory cannot be written or read; the message is one line naming the path and why. */
public final class RunDirectoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunDirectoryException(String message, Throwable cause) {
    super(message.replaceAll("\\s*\\R\\s*", " "), cause);
  }

  static RunDirectoryException notWritable(Path path, IOException cause) {
    return new RunDirectoryException("cannot write " + path + ": " + reason(cause), cause);
  }

  static RunDirectoryException notReadable(Path path, IOException cause) {
    return new RunDirectoryException("cannot read " + path + ": " + reason(cause), cause);
  }

  /** The messages of these are bare paths. */
  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "permission denied (" + denied.getFile() + ")";
    }
    if (cause instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists and is in the way";
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (cause instanceof NotDirectoryException file) {
      return file.getFile() + " is not a directory";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
