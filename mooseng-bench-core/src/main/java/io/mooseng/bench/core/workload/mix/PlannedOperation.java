package io.mooseng.bench.core.workload.mix;

import java.util.Objects;
import java.util.Optional;

/**
 * One operation a client is to perform. Paths are relative to the directory of the run, with {@code
 * /} between names.
 *
 * @param sequence counts the operations of the stream from 0
 * @param operation what to do
 * @param drawn what the mix asked for; differs from {@code operation} where no file was left to do
 *     it to, and a new one is written instead
 * @param fileId tells files apart in all clients and through renames, and is the variant of the
 *     file's {@link io.mooseng.bench.core.workload.Payload}: a file always holds the beginning of
 *     that payload, so that an append continues it and an overwrite writes the same bytes again;
 *     {@link #NO_FILE} for list and stat-missing
 * @param path of the file as it is named now; of the directory, for list
 * @param to the new path; for rename only
 * @param size of the file in bytes when the operation has succeeded (before, for delete); 0 if
 *     there is none
 * @param offset where the content moved begins
 * @param length bytes of content moved: all of it for write and read, the range for read-range,
 *     overwrite and append, else 0
 */
public record PlannedOperation(
    long sequence,
    FileOperation operation,
    FileOperation drawn,
    long fileId,
    String path,
    Optional<String> to,
    long size,
    long offset,
    long length) {

  /** The {@code fileId} of an operation that is not about one file. */
  public static final long NO_FILE = -1;

  public PlannedOperation {
    Objects.requireNonNull(drawn);
    if (path.isEmpty() || to.isPresent() != (operation == FileOperation.RENAME)) {
      throw new IllegalArgumentException(operation.label() + " of '" + path + "' to " + to);
    }
    if (offset < 0 || length < 0 || length > size - offset) {
      throw new IllegalArgumentException("%d bytes from %d of %d".formatted(length, offset, size));
    }
  }
}
