package io.mooseng.bench.core.workload.mix;

/**
 * Names and numbers the files of one client, or of all if they are shared. Guarded by the lock of
 * its stream.
 */
final class ClientFiles {

  /** Files of one client have identities below this; more than any run can make. */
  private static final int SERIAL_BITS = 40;

  private final int owner;
  private final DirectoryTree tree;
  private long nextSerial;

  ClientFiles(int owner, DirectoryTree tree) {
    this.owner = owner;
    this.tree = tree;
  }

  DirectoryTree tree() {
    return tree;
  }

  /** The first {@code count} serial numbers are taken. */
  void skip(long count) {
    nextSerial = count;
  }

  FileEntry newFile(long size) {
    return file(nextSerial++, size);
  }

  /** The file with this serial number; leaves take turns. */
  FileEntry file(long serial, long size) {
    long id = ((long) owner << SERIAL_BITS) + serial;
    return new FileEntry(id, serial, (int) (serial % tree.leaves()), size);
  }

  String directory(FileEntry file) {
    return tree.leaf(file.leaf);
  }
}
