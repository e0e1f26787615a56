package io.mooseng.bench.network;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The target of a trial. */
@State(Scope.Benchmark)
public class RpcTarget {

  /** Label of the target; the run replaces it by the targets it was given. */
  @Param("embedded")
  public String target;

  private TargetSession session;

  @Setup(Level.Trial)
  public void open() {
    session = TargetSession.open();
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  TargetSession session() {
    return session;
  }

  Target target() {
    return session.target();
  }

  /** How the target is called besides its operations. */
  RpcAccess rpcs() {
    return Rpcs.of(session);
  }
}
