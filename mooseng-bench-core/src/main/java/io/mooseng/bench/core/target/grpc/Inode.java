package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.target.FileRef;

/** A file or directory of MooseNG. */
record Inode(long number) implements FileRef {

  /** The root directory. */
  static final Inode ROOT = new Inode(1);

  static long numberOf(FileRef file) {
    if (file instanceof Inode inode) {
      return inode.number();
    }
    throw new IllegalArgumentException(file + " was not made by this driver");
  }

  @Override
  public String toString() {
    return "inode " + Long.toUnsignedString(number);
  }
}
