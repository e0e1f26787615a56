package io.mooseng.bench.core.workload.mix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files exist in one client's view, by age, and which of them operations under way use. A
 * file leaves its place in time linear to the number of files: a move of one machine word each.
 * Guarded by the lock of its stream.
 */
final class Population {

  private final List<FileEntry> files;
  private final boolean shared;
  private long nextAge;

  /** Files that a delete under way is about to take. */
  private int leaving;

  private Population(List<FileEntry> files, boolean shared) {
    this.files = files;
    this.shared = shared;
  }

  /** Files that all clients use and none changes. */
  static Population shared(List<FileEntry> files) {
    return new Population(files, true);
  }

  static Population own() {
    return new Population(new ArrayList<>(), false);
  }

  int size() {
    return files.size();
  }

  /** Whether a delete would leave at least one file. */
  boolean canLose() {
    return files.size() - leaving > 1;
  }

  FileEntry at(long index) {
    return files.get((int) index);
  }

  /**
   * The file at {@code index}, or the next younger one (after the youngest, the oldest) that is
   * free for this use.
   */
  Optional<FileEntry> findFree(long index, FileOperation operation) {
    for (int i = 0; i < files.size(); i++) {
      FileEntry file = files.get((int) ((index + i) % files.size()));
      if (isFree(file, operation)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static boolean isFree(FileEntry file, FileOperation operation) {
    boolean canServe = file.size > 0 || !operation.needsContent();
    return canServe && !file.changing && (file.users == 0 || operation.readOnly());
  }

  void add(FileEntry file) {
    file.age = nextAge++;
    files.add(file);
  }

  void hold(FileEntry file, FileOperation operation) {
    if (shared) {
      return;
    }
    if (operation.changesFile()) {
      file.changing = true;
      leaving += operation == FileOperation.DELETE ? 1 : 0;
    } else {
      file.users++;
    }
  }

  void release(FileEntry file, FileOperation operation) {
    if (shared) {
      return;
    }
    if (operation.changesFile()) {
      file.changing = false;
      leaving -= operation == FileOperation.DELETE ? 1 : 0;
    } else {
      file.users--;
    }
  }

  void remove(FileEntry file) {
    int low = 0;
    int high = files.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (files.get(middle).age < file.age) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (files.get(low) != file) {
      throw new IllegalStateException("file " + file.id + " is not in the population");
    }
    files.remove(low);
  }
}
