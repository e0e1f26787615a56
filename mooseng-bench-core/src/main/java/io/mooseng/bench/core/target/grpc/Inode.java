package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.target.FileRef;

/**
 * A file or directory of MooseNG.
 *
 * @param number by which alone servers, and {@link #equals}, know it
 * @param name what it was called when it was made, found or renamed by this driver, to tell users;
 *     empty if that is not known
 */
record Inode(long number, String name) implements FileRef {

  /** The root directory. */
  static final Inode ROOT = new Inode(1);

  Inode(long number) {
    this(number, "");
  }

  static long numberOf(FileRef file) {
    return of(file).number();
  }

  static Inode of(FileRef file) {
    if (file instanceof Inode inode) {
      return inode;
    }
    throw new IllegalArgumentException(file + " was not made by this driver");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inode inode && inode.number == number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  @Override
  public String toString() {
    String inode = "inode " + Long.toUnsignedString(number);
    return name.isEmpty() ? inode : "'%s' (%s)".formatted(name, inode);
  }
}
