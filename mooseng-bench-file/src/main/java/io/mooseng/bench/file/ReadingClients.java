package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.ClientPool;
import io.mooseng.bench.core.target.KnownFile;
import io.mooseng.bench.core.workload.Payload;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The clients of {@link ClientsBenchmark} that look at files, and these files. Safe for use by any
 * number of threads.
 */
@State(Scope.Benchmark)
public class ReadingClients {

  /** Most files; with fewer than clients, several clients work on the same one. */
  @Param("100")
  public int files;

  private TargetSession session;
  private ClientPool pool;

  @Setup(Level.Trial)
  public void open(ClientsBenchmark benchmark, ConnectedTarget target) {
    session = target.session();
    List<KnownFile> known = write(benchmark, target);
    // Last: nobody would close them if anything after this failed.
    pool = new ClientPool(session.openClients(benchmark.clients), known, benchmark.inFlight);
  }

  private List<KnownFile> write(ClientsBenchmark benchmark, ConnectedTarget target) {
    List<KnownFile> written = new ArrayList<>();
    int count = Math.min(benchmark.clients, files);
    var progress = session.progress("files written", count);
    while (written.size() < count) {
      Payload payload = session.payload(ByteSize.parse(benchmark.size), written.size());
      String name = "file-" + written.size();
      written.add(
          new KnownFile(
              session.setUp(
                  (driver, trace) -> driver.write(target.directory(), name, payload, trace)),
              payload));
      progress.step();
    }
    return written;
  }

  ClientPool pool() {
    return pool;
  }

  @Setup(Level.Iteration)
  public void count() {
    pool.takeSuccesses();
  }

  @TearDown(Level.Iteration)
  public void drain() throws InterruptedException {
    pool.drain();
    ClientShares.note(session, pool.takeSuccesses());
  }

  @TearDown(Level.Trial)
  public void close() {
    pool.close();
  }
}
