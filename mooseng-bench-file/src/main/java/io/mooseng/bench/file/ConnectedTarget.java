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

/** As {@link FileTarget}, reached over connections as the parameters say. */
@State(Scope.Benchmark)
public class ConnectedTarget {

  /** Label of the target; the run replaces it by the targets it was given. */
  @Param("embedded")
  public String target;

  private TrialFiles files;

  @Setup(Level.Trial)
  public void open(Connections connections) {
    files = TrialFiles.in(TargetSession.open(connections.settings()));
  }

  @TearDown(Level.Trial)
  public void close() {
    files.close();
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
