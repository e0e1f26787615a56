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

  /**
   * Reads a run that is kept elsewhere than in a file.
   *
   * @param name of where it comes from, for messages
   * @param json the content of its {@code run.json}
   * @throws RunDirectoryException as above
   */
  public static RunRecord read(String name, byte[] json) {
    try {
      return RunJson.read(name, json);
    } catch (IOException e) {
      throw new RunDirectoryException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }
}
