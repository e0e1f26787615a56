package io.mooseng.bench.network;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does each unary call of the master take, on an open channel?
 *
 * <p>Every method is one call of MooseNG's protocol, named as there: those that look at names and
 * attributes, and those that change them. Against {@link UnaryBenchmark} at 0 B, which does nothing
 * at the server, it shows what the master adds.
 *
 * <p>Does not measure operations of several calls, nor file systems without gRPC ({@code
 * MetadataBenchmark}).
 */
@Measures(OperationKind.RPC)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetadataRpcBenchmark {

  /** Entries of the directory that is listed, and of the page that is asked for. */
  static final int ENTRIES = 100;

  private static final String ATTRIBUTE = "user.bench";
  private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);

  private final AtomicLong number = new AtomicLong();
  private TargetSession session;
  private TargetSession.Place place;
  private FileRef listed;
  private FileRef file;

  @Setup(Level.Trial)
  public void prepare(RpcTarget rpc) {
    session = rpc.session();
    place = session.newPlace("rpcs");
    listed =
        session.setUp((driver, trace) -> driver.createDirectory(place.directory(), "l", trace));
    for (int i = 0; i < ENTRIES; i++) {
      String name = "entry-" + i;
      session.setUp((driver, trace) -> driver.create(listed, name, trace));
    }
    file = session.setUp((driver, trace) -> driver.create(place.directory(), "file", trace));
    session.setUp(
        (driver, trace) -> {
          driver.setAttributes(filePath(), Map.of(ATTRIBUTE, VALUE), trace);
          return null;
        });
  }

  @TearDown(Level.Trial)
  public void remove() {
    session.cleanUp(place.directory());
  }

  private String filePath() {
    return place.path() + "/file";
  }

  @Benchmark
  public Outcome<FileInfo> getFileInfo() {
    return session.target().stat(file);
  }

  @Benchmark
  public Outcome<ListPage> listDirectory() {
    return session
        .target()
        .checked(
            0,
            trace -> session.target().driver().list(listed, 0, ENTRIES, trace),
            page ->
                page.entries().size() == ENTRIES
                    ? Optional.empty()
                    : Optional.of(page.entries().size() + " entries listed of " + ENTRIES));
  }

  @Benchmark
  public Outcome<FileRef> createFile() {
    return session.target().create(place.directory(), "created-" + number.getAndIncrement());
  }

  /** Always the same file, to a name that is free: a name is never used twice. */
  @Benchmark
  public Outcome<FileRef> renameFile(Renamed renamed) {
    return session
        .target()
        .rename(renamed.file, place.directory(), "renamed-" + number.getAndIncrement());
  }

  @Benchmark
  public Outcome<Boolean> setExtendedAttributes() {
    return session.target().setAttributes(filePath(), Map.of(ATTRIBUTE, VALUE));
  }

  @Benchmark
  public Outcome<Map<String, byte[]>> getExtendedAttributes() {
    return session.target().attributes(filePath(), Map.of(ATTRIBUTE, VALUE));
  }

  /** The file of one thread. */
  @State(Scope.Thread)
  public static class Renamed {

    private FileRef file;

    @Setup(Level.Trial)
    public void create(MetadataRpcBenchmark benchmark) {
      String name = "to-rename-" + benchmark.number.getAndIncrement();
      file =
          benchmark.session.setUp(
              (driver, trace) -> driver.create(benchmark.place.directory(), name, trace));
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(MetadataRpcBenchmark.class, args);
  }
}
