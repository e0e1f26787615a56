package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import java.util.UUID;
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

  private TrialFiles files;

  @Setup(Level.Trial)
  public void open() {
    files = TrialFiles.in(TargetSession.open());
  }

  @TearDown(Level.Trial)
  public void close() {
    files.close();
  }

  /** A directory within that of the trial, removed with it. */
  FileRef newDirectory(String purpose) {
    String name = purpose + "-" + UUID.randomUUID();
    return session().setUp((driver, trace) -> driver.createDirectory(directory(), name, trace));
  }

  TargetSession session() {
    return files.session();
  }

  Target target() {
    return files.session().target();
  }

  FileRef directory() {
    return files.directory();
  }

  /** The path of the directory, from the target's root. */
  String path() {
    return files.place().path();
  }
}
