package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to set and to read the extended attributes of a file?
 *
 * <p>One operation sets, or reads, all {@code attributes}, of {@value #VALUE_BYTES} B each; what is
 * read is compared. MooseNG needs one call for all of them, a file system one for each. A target
 * that has no such attributes fails as {@code unimplemented}.
 *
 * <p>Does not measure large values, nor attributes the system itself interprets.
 */
@Measures(OperationKind.METADATA)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AttributesBenchmark {

  static final int VALUE_BYTES = 64;

  /** Attributes of the file. */
  @Param({"1", "10"})
  public int attributes;

  private final Map<String, byte[]> values = new HashMap<>();
  private String path;

  @Setup(Level.Trial)
  public void makeFile(FileTarget files) {
    String name = "attributes-" + Thread.currentThread().getId();
    files.session().setUp((driver, trace) -> driver.create(files.directory(), name, trace));
    path = files.path() + "/" + name;
    for (int i = 0; i < attributes; i++) {
      Payload value = files.session().payload(new ByteSize(VALUE_BYTES), i);
      byte[] bytes = new byte[VALUE_BYTES];
      value.slice(0, VALUE_BYTES).get(bytes);
      values.put("bench-" + i, bytes);
    }
    files
        .session()
        .setUp(
            (driver, trace) -> {
              driver.setAttributes(path, values, trace);
              return null;
            });
  }

  @Benchmark
  public Outcome<Boolean> set(FileTarget files) {
    return files.target().setAttributes(path, values);
  }

  @Benchmark
  public Outcome<Map<String, byte[]>> get(FileTarget files) {
    return files.target().attributes(path, values);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(AttributesBenchmark.class, args);
  }
}
