package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Files that many threads write in an iteration, in one directory. Beyond {@value #MOST_FILES}, the
 * oldest one is removed after each write: outside of its recorded times, but within its place among
 * those under way.
 */
@State(Scope.Benchmark)
public class NewFiles {

  static final int MOST_FILES = 200_000;

  private final FilePlaces places = new FilePlaces(MOST_FILES);
  private final AtomicLong named = new AtomicLong();
  private FileRef directory;

  @Setup(Level.Iteration)
  public void makeDirectory(ConnectedTarget files) {
    directory = files.session().newDirectory("writes");
  }

  @TearDown(Level.Iteration)
  public void removeDirectory(ConnectedTarget files) {
    files.session().cleanUp(directory);
    places.clear();
  }

  FileRef directory() {
    return directory;
  }

  String nextName() {
    return "f" + named.getAndIncrement();
  }

  void keep(TargetSession session, Outcome<FileRef> outcome) {
    if (outcome instanceof Outcome.Success<FileRef> success) {
      places.keep(success.value());
      places.take().ifPresent(oldest -> remove(session, oldest));
    }
  }

  private void remove(TargetSession session, FileRef oldest) {
    try {
      session.delete(oldest);
    } finally {
      places.release();
    }
  }
}
