package io.mooseng.bench.core.recording;

import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;

/** A driver's file or directory, and what is known of it. Safe for use by any number of threads. */
final class RecordedRef implements FileRef {

  private final FileRef ref;

  /** Null unless it was listed. */
  private final TargetNode listedIn;

  private final ListPage.Entry listed;

  /** Of what was listed, null until somebody asks for it. */
  private TargetNode node;

  RecordedRef(FileRef ref, TargetNode node) {
    this.ref = ref;
    this.node = node;
    this.listedIn = null;
    this.listed = null;
  }

  /** What a listing of a directory has, of which most is never used. */
  RecordedRef(TargetNode directory, ListPage.Entry entry) {
    this.ref = entry.file();
    this.listedIn = directory;
    this.listed = entry;
  }

  FileRef ref() {
    return ref;
  }

  synchronized TargetNode node() {
    if (node == null) {
      node = listedIn.meet(listed.name());
      listed.info().ifPresent(node::told);
    }
    return node;
  }

  /** As the driver names it. */
  @Override
  public String toString() {
    return ref.toString();
  }
}
