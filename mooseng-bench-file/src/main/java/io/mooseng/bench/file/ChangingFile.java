package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.mix.OperationStream;

/**
 * A file that one client changes, and what it should hold then. A change that failed without saying
 * that nothing happened leaves in doubt what it was to replace, and only that: it is no proof of
 * wrong data. Used by one thread at a time.
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

  /** Bytes that were appended, with those of which it is not known whether they were. */
  long appended() {
    return appended;
  }

  Outcome<Boolean> overwrite(Target target, long offset, Payload update) {
    Outcome<Boolean> outcome = target.overwrite(file, offset, update);
    if (outcome.succeeded()) {
      content.overwrite(offset, update);
    } else if (mayHaveHappened(outcome)) {
      content.doubt(offset, update.size());
    }
    changed = true;
    return outcome;
  }

  Outcome<Boolean> append(Target target, Payload block) {
    Outcome<Boolean> outcome = target.append(file, block);
    if (outcome.succeeded()) {
      content.append(block);
      appended += block.size();
    } else if (mayHaveHappened(outcome)) {
      content.doubtEnd();
      appended += block.size();
    }
    changed = true;
    return outcome;
  }

  private static boolean mayHaveHappened(Outcome<Boolean> outcome) {
    return outcome instanceof Outcome.Failure<Boolean> failure
        && !OperationStream.leavesFileAsItWas(failure.kind());
  }

  /** Ends the trial if the file holds something else, where it is known what it should hold. */
  void verify(TargetSession session) {
    if (!changed) {
      return;
    }
    if (!content.isCertain()) {
      session.warn(
          "what failed changes were to write was not compared: they did not say that nothing"
              + " happened");
    }
    session.verify(file, content);
    changed = false;
  }
}
