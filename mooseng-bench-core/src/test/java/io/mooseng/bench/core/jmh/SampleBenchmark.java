package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.workload.Payload;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A benchmark as the modules have them, for tests of what runs them. */
@State(Scope.Benchmark)
public class SampleBenchmark {

  @Param("4KB")
  public String size;

  private TargetSession session;
  private Payload payload;
  private FileRef directory;
  private FileRef file;

  @Setup
  public void write() {
    session = TargetSession.open();
    payload = session.payload(ByteSize.parse(size), 0);
    directory = session.newDirectory("sample");
    file = session.setUp((driver, trace) -> driver.write(directory, "file", payload, trace));
  }

  @TearDown
  public void close() {
    session.remove(directory);
    session.close();
  }

  public void read() {
    session.target().read(file, payload);
  }

  public void giveUp() {
    throw session.failed(FailureKind.INVALID, "not what was expected");
  }

  public void recordNothing() {}
}
