package io.mooseng.bench.file;

import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What one client thread has written in this iteration, in a directory of its own. */
@State(Scope.Thread)
public class WrittenFiles {

  /** How much a client thread leaves on the target at once. */
  static final int KEPT_MEGABYTES = 1024;

  private final FileBudget budget = new FileBudget(KEPT_MEGABYTES * 1024L * 1024L);
  private FileRef directory;
  private long written;

  @Setup(Level.Iteration)
  public void makeDirectory(FileTarget files) {
    directory = files.session().newDirectory("writes");
  }

  @TearDown(Level.Iteration)
  public void removeDirectory(FileTarget files) {
    files.session().cleanUp(directory);
    budget.clear();
  }

  String nextName(FileTarget files, long size) {
    budget.makeRoom(files.session(), size);
    return "f" + written++;
  }

  void keep(Outcome<FileRef> outcome) {
    if (outcome instanceof Outcome.Success<FileRef> success) {
      budget.keep(success.value());
    }
  }

  FileRef directory() {
    return directory;
  }
}
