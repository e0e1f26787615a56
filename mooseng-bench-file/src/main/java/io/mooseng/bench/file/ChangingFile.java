package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;

/**
 * A file that one client changes, and what it should hold then. A change that failed leaves in
 * doubt what it was to replace, and only that: it may have happened, in part, or may happen yet,
 * which is no proof of wrong data. Used by one thread at a time.
 */
final class ChangingFile {

  private final FileRef file;
  private final FileContent content;
  private long appended;
  private boolean changed;

  ChangingFile(FileRef file, FileContent content) {
    this.file = file;
    this.content = content;
  }

  FileRef ref() {
    return file;
  }

  /** What it should hold. */
  FileContent content() {
    return content;
  }

  /** Bytes that were appended; there may be more of which that is not known. */
  long appended() {
    return appended;
  }

  Outcome<Boolean> overwrite(Target target, long offset, Payload update) {
    Outcome<Boolean> outcome = target.overwrite(file, offset, update);
    if (outcome.succeeded()) {
      content.overwrite(offset, update);
      changed = true;
    } else {
      content.doubt(offset, update.size());
    }
    return outcome;
  }

  Outcome<Boolean> append(Target target, Payload block) {
    Outcome<Boolean> outcome = target.append(file, block);
    if (outcome.succeeded()) {
      content.append(block);
      appended += block.size();
      changed = true;
    } else {
      content.doubtEnd();
    }
    return outcome;
  }

  /** Ends the trial if the file holds something else, where it is known what it should hold. */
  void verify(TargetSession session) {
    if (!changed) {
      return;
    }
    if (!content.isCertain()) {
      session.warn("not compared with what was written: the MiB around each change that failed");
    }
    session.verify(file, content);
    changed = false;
  }
}
