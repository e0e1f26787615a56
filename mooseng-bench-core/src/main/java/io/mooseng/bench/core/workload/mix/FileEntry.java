package io.mooseng.bench.core.workload.mix;

/** A file as one client knows it. Guarded by the lock of its stream; never changes if shared. */
final class FileEntry {

  final long id;
  final long serial;
  final int leaf;
  long size;

  /** How often it was renamed; part of its name. */
  int renames;

  /** Order of entry into the population. */
  long age;

  /** Operations under way that need it as it is. */
  int users;

  /** Whether an operation under way changes it. */
  boolean changing;

  FileEntry(long id, long serial, int leaf, long size) {
    this.id = id;
    this.serial = serial;
    this.leaf = leaf;
    this.size = size;
  }

  String name() {
    return name(renames);
  }

  String nextName() {
    return name(renames + 1);
  }

  private String name(int times) {
    return times == 0 ? "f" + serial : "f" + serial + ".r" + times;
  }
}
