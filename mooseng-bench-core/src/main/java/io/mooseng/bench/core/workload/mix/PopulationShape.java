package io.mooseng.bench.core.workload.mix;

/**
 * What exists before the first operation.
 *
 * @param files of all clients together
 * @param filesPerDirectory of one client, at most, before the first operation
 * @param depth levels of directories between a client's directory and its files
 * @param shared whether all clients use the same files, which none may change; otherwise each
 *     client has its own
 */
public record PopulationShape(int files, int filesPerDirectory, int depth, boolean shared) {

  static final int MOST_FILES = 10_000_000;
  static final int MOST_PER_DIRECTORY = 1_000_000;
  static final int DEEPEST = 16;

  public PopulationShape {
    require("files", files, MOST_FILES);
    require("files-per-directory", filesPerDirectory, MOST_PER_DIRECTORY);
    require("depth", depth, DEEPEST);
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; accepted: from 1 to %d".formatted(name, value, most));
    }
  }
}
