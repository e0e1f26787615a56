package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.target.FileRef;

/**
 * The session of a trial and a directory of its own on the target; removed when the trial ends.
 *
 * @param place where the benchmark may create what it needs
 */
record TrialFiles(TargetSession session, TargetSession.Place place) implements AutoCloseable {

  /** Makes the directory; {@code session} is closed with it. */
  static TrialFiles in(TargetSession session) {
    return new TrialFiles(session, session.newPlace("trial"));
  }

  FileRef directory() {
    return place.directory();
  }

  @Override
  public void close() {
    try {
      session.cleanUp(directory());
    } finally {
      session.close();
    }
  }
}
