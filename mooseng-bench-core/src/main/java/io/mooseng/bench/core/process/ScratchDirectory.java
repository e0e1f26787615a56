package io.mooseng.bench.core.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory of this process, deleted with everything in it when closed. */
public final class ScratchDirectory implements AutoCloseable {

  private final Path path;

  ScratchDirectory(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /** Deletes the directory; deleting it twice is not an error, nor are two threads at once. */
  @Override
  public synchronized void close() throws IOException {
    try {
      delete(path);
    } catch (NoSuchFileException e) {
      // deleted before
    }
  }

  /**
   * Deletes a directory without following symbolic links. The owner marker goes last, so that a
   * deletion that was interrupted can be finished by a sweep.
   */
  static void delete(Path directory) throws IOException {
    Path marker = directory.resolve(TemporaryDirectories.MARKER);
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(marker)) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!visited.equals(directory)) {
              Files.deleteIfExists(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Files.deleteIfExists(marker);
    Files.deleteIfExists(directory);
  }
}
