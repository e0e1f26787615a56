package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says of which kind a failure of a NIO file system is. */
final class NioFailures {

  /**
   * Where the JDK has no exception class of its own, it gives the text of the C library, here of
   * glibc's {@code strerror} in English. With another language only a full disk is known, and other
   * such failures count as INTERNAL.
   */
  private static final Map<String, FailureKind> KIND_BY_TEXT = new LinkedHashMap<>();

  static {
    KIND_BY_TEXT.put("No space left on device", FailureKind.RESOURCE_EXHAUSTED);
    KIND_BY_TEXT.put("Disk quota exceeded", FailureKind.RESOURCE_EXHAUSTED);
    KIND_BY_TEXT.put("Too many open files", FailureKind.RESOURCE_EXHAUSTED);
    KIND_BY_TEXT.put("Cannot allocate memory", FailureKind.RESOURCE_EXHAUSTED);
    KIND_BY_TEXT.put("Read-only file system", FailureKind.PERMISSION_DENIED);
    KIND_BY_TEXT.put("Operation not permitted", FailureKind.PERMISSION_DENIED);
    KIND_BY_TEXT.put("Not a directory", FailureKind.INVALID);
    KIND_BY_TEXT.put("Is a directory", FailureKind.INVALID);
    KIND_BY_TEXT.put("File name too long", FailureKind.INVALID);
    KIND_BY_TEXT.put("Invalid argument", FailureKind.INVALID);
    KIND_BY_TEXT.put("Operation not supported", FailureKind.UNIMPLEMENTED);
    KIND_BY_TEXT.put("Connection timed out", FailureKind.TIMEOUT);
    KIND_BY_TEXT.put("Transport endpoint is not connected", FailureKind.UNAVAILABLE);
    KIND_BY_TEXT.put("Stale file handle", FailureKind.UNAVAILABLE);
    KIND_BY_TEXT.put("Connection refused", FailureKind.UNAVAILABLE);
    KIND_BY_TEXT.put("No route to host", FailureKind.UNAVAILABLE);
    KIND_BY_TEXT.put("Host is down", FailureKind.UNAVAILABLE);
    textOfFullDisk(Path.of("/dev/full"))
        .ifPresent(text -> KIND_BY_TEXT.put(text, FailureKind.RESOURCE_EXHAUSTED));
  }

  /**
   * In the language of this process.
   *
   * @param full a device that every write fails on as on a full disk (full(4))
   */
  static Optional<String> textOfFullDisk(Path full) {
    try (OutputStream device = Files.newOutputStream(full, StandardOpenOption.WRITE)) {
      device.write(0);
      return Optional.empty();
    } catch (IOException | SecurityException e) {
      return e instanceof FileSystemException
          ? Optional.empty() // It could not be opened.
          : Optional.ofNullable(e.getMessage()).filter(text -> !text.isBlank());
    }
  }

  private NioFailures() {}

  /** What a file system is asked for. */
  @FunctionalInterface
  interface Call<T> {
    T perform() throws IOException, OperationException;
  }

  /** Performs {@code call}; whatever the file system throws becomes an OperationException. */
  static <T> T translated(Call<T> call) throws OperationException {
    try {
      return call.perform();
    } catch (DirectoryIteratorException e) {
      throw of(e.getCause());
    } catch (UncheckedIOException e) {
      throw of(e.getCause());
    } catch (IOException e) {
      throw of(e);
    } catch (ReadOnlyFileSystemException | SecurityException e) {
      throw failure(FailureKind.PERMISSION_DENIED, "the file system is read-only for us", e);
    } catch (UnsupportedOperationException e) {
      throw failure(FailureKind.UNIMPLEMENTED, "the file system does not support it", e);
    } catch (InvalidPathException e) {
      throw failure(FailureKind.INVALID, "not a name of this file system", e);
    } catch (ClosedFileSystemException e) {
      throw failure(FailureKind.INTERNAL, "the file system is closed", e);
    }
  }

  static OperationException of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return failure(FailureKind.NOT_FOUND, "no such file", e);
    }
    if (e instanceof FileAlreadyExistsException) {
      return failure(FailureKind.ALREADY_EXISTS, "the name is taken", e);
    }
    if (e instanceof AccessDeniedException) {
      return failure(FailureKind.PERMISSION_DENIED, "permission denied", e);
    }
    if (e instanceof NotDirectoryException) {
      return failure(FailureKind.INVALID, "not a directory", e);
    }
    if (e instanceof DirectoryNotEmptyException) {
      return failure(FailureKind.INVALID, "the directory is not empty", e);
    }
    if (e instanceof ClosedByInterruptException) {
      return failure(FailureKind.INTERNAL, "interrupted", e);
    }
    return failure(kindByText(e), e.getClass().getSimpleName(), e);
  }

  private static FailureKind kindByText(IOException e) {
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (text != null) {
      for (Map.Entry<String, FailureKind> known : KIND_BY_TEXT.entrySet()) {
        if (text.contains(known.getKey())) {
          return known.getValue();
        }
      }
    }
    return FailureKind.INTERNAL;
  }

  private static OperationException failure(FailureKind kind, String what, Exception cause) {
    String detail = cause.getMessage() == null ? "" : ": " + cause.getMessage().strip();
    return new OperationException(kind, (what + detail).replace('\n', ' '), cause);
  }
}
