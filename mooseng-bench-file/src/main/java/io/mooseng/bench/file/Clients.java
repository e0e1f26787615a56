package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.target.ClientPool;
import io.mooseng.bench.core.target.Target;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Clients of the target of a trial, each with a connection and a session of its own where there are
 * such things. Safe for use by any number of threads.
 *
 * <p>JMH ends what a benchmark method is given before what that depends on: whoever is given this
 * must not be given {@link FileTarget} as well, or the session ends before its clients.
 */
@State(Scope.Benchmark)
public class Clients {

  private final List<Target> open = new ArrayList<>();
  private FileTarget files;

  @Setup(Level.Trial)
  public void of(FileTarget target) {
    files = target;
  }

  /** Opens more; they are closed when the trial ends. */
  synchronized List<Target> open(int count) {
    List<Target> more = session().openClients(count);
    open.addAll(more);
    return more;
  }

  /** What they are clients of. */
  FileTarget files() {
    return files;
  }

  TargetSession session() {
    return files.session();
  }

  @TearDown(Level.Trial)
  public synchronized void close() {
    ClientPool.closeAll(open);
  }
}
