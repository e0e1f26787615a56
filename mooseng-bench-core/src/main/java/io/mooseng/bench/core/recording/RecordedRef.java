package io.mooseng.bench.core.recording;

import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import java.util.Optional;

/** A driver's file or directory, and what is known of it. Safe for use by any number of threads. */
final class RecordedRef implements FileRef {

  private final FileRef ref;

  /** Where it was listed, and what the listing told; until somebody asks for the node. */
  private Place listedAt;

  private Optional<FileInfo> told = Optional.empty();
  private TargetNode node;

  RecordedRef(FileRef ref, TargetNode node) {
    this.ref = ref;
    this.node = node;
  }

  /** What a listing has, of which most is never used. */
  RecordedRef(FileRef ref, Place listedAt, Optional<FileInfo> told) {
    this.ref = ref;
    this.listedAt = listedAt;
    this.told = told;
  }

  FileRef ref() {
    return ref;
  }

  synchronized TargetNode node() {
    if (node == null) {
      node = listedAt.directory().meet(listedAt.name());
      told.ifPresent(node::told);
    }
    return node;
  }

  /** As the driver names it. */
  @Override
  public String toString() {
    return ref.toString();
  }
}
