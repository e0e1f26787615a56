package io.mooseng.bench.core.target;

/**
 * What a stat answers.
 *
 * @param size in bytes; 0 for a directory
 * @param special neither a file nor a directory: a symbolic link, a pipe, a device or the like,
 *     whose {@code size} does not say how much can be read
 */
public record FileInfo(long size, boolean directory, boolean special) {

  /** Of a file or a directory. */
  public FileInfo(long size, boolean directory) {
    this(size, directory, false);
  }
}
