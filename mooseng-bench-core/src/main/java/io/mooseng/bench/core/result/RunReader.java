package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

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
    return read(directoryOrFile, RunJson.Kept.ALL);
  }

  /**
   * Reads a run to compare it, which needs no medians of stages of single iterations: they are
   * checked like all else, but not kept.
   *
   * @throws RunDirectoryException as above
   */
  public static RunRecord readForComparison(Path directoryOrFile) {
    return read(directoryOrFile, new RunJson.Kept(false, name -> true));
  }

  /**
   * Reads a run of which nobody looks at iterations but for what is told of their latency and
   * operations: stages and other values are checked like all else, but not kept.
   *
   * @param values names of values that are kept all the same
   * @throws RunDirectoryException as above
   */
  public static RunRecord readWithValues(Path directoryOrFile, Set<String> values) {
    return read(directoryOrFile, new RunJson.Kept(false, Set.copyOf(values)::contains));
  }

  private static RunRecord read(Path directoryOrFile, RunJson.Kept kept) {
    Path file = file(directoryOrFile);
    try {
      return RunJson.read(file, kept);
    } catch (IOException e) {
      throw RunDirectoryException.notReadable(file, e);
    }
  }

  private static Path file(Path directoryOrFile) {
    return Files.isDirectory(directoryOrFile)
        ? directoryOrFile.resolve("run.json")
        : directoryOrFile;
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
