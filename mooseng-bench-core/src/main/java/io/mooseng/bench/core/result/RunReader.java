package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads runs of this and all earlier schema versions. */
public final class RunReader {

  private RunReader() {}

  /**
   * Reads a run.
   *
   * @param directoryOrFile a run directory, or its {@code run.json} under any name
   * @throws RunDirectoryException with one line naming the file, if it is missing, truncated, not a
   *     run, or written by a later version of this program
   */
  public static RunRecord read(Path directoryOrFile) {
    Path file =
        Files.isDirectory(directoryOrFile) ? directoryOrFile.resolve("run.json") : directoryOrFile;
    try {
      return RunJson.read(file);
    } catch (IOException e) {
      throw RunDirectoryException.notReadable(file, e);
    }
  }
}
