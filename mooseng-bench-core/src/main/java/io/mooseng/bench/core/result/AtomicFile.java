package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces a file as a whole: readers see the old or the new content, never a part. */
final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes beside the file and renames (atomic within a directory: POSIX {@code rename}). Not
   * synced: it survives the death of the process at any moment, not that of the machine.
   */
  static void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw e;
    }
  }

  private static void deleteQuietly(Path temporary, IOException cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
