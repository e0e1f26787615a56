package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The target of a trial and a directory of its own there; removed when the trial ends ({@code
 * --keep} leaves it).
 */
@State(Scope.Benchmark)
public class FileTarget {

  /** Label of the target; the run replaces it by the targets it was given. */
  @Param("embedded")
  public String target;

  private TargetSession session;
  private FileRef directory;

  @Setup(Level.Trial)
  public void open() {
    session = TargetSession.open();
    directory = session.newDirectory("trial");
  }

  @TearDown(Level.Trial)
  public void close() {
    try {
      if (!session.keeps()) {
        session.remove(directory);
      }
    } finally {
      session.close();
    }
  }

  TargetSession session() {
    return session;
  }

  Target target() {
    return session.target();
  }

  FileRef directory() {
    return directory;
  }
}
