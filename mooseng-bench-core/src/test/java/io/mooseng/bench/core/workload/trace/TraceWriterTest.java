package io.mooseng.bench.core.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.result.Golden;
import io.mooseng.bench.core.workload.mix.FileOperation;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TraceWriterTest {

  @TempDir private Path directory;

  static List<TracedOperation> read(Path file) throws IOException {
    try (TraceReader reader = TraceReader.open("trace", file)) {
      List<TracedOperation> operations = new ArrayList<>();
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        operations.add(next.get());
      }
      assertThat(reader.cut()).isEmpty();
      return operations;
    }
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      SeededRandom random = new SeededRandom(seed);
      Path file = directory.resolve(seed + ".trace");
      List<TracedOperation> written = new ArrayList<>();
      try (TraceWriter writer =
          TraceWriter.create(file, Samples.HEADER, Samples.HEADER.clients())) {
        for (long i = random.nextBelow(5_000); i >= 0; i--) {
          written.add(Samples.operation(random));
          writer.write(written.get(written.size() - 1));
        }
      }
      assertThat(read(file)).isEqualTo(written);
      try (TraceReader reader = TraceReader.open("trace", file)) {
        assertThat(reader.header()).isEqualTo(Samples.HEADER);
      }
    }
  }

  /** The format of version 1: this file is never changed, and read forever. */
  @Test
  void theFormatIsThatOfTheGoldenFile() {
    Golden.assertSame("trace-v1.jsonl", this::sample);
  }

  private String sample() {
    Path file = directory.resolve("golden.trace");
    try {
      Files.deleteIfExists(file);
      try (TraceWriter writer =
          TraceWriter.create(file, Samples.HEADER, Samples.HEADER.clients())) {
        for (FileOperation operation : FileOperation.values()) {
          writer.write(sample(operation, Optional.empty()));
        }
        writer.write(sample(FileOperation.WRITE, Optional.of(FailureKind.RESOURCE_EXHAUSTED)));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TracedOperation sample(FileOperation operation, Optional<FailureKind> failure) {
    int number = operation.ordinal();
    boolean range = operation.usesRange();
    boolean content = operation == FileOperation.WRITE || operation == FileOperation.READ;
    boolean none =
        operation == FileOperation.CREATE
            || operation == FileOperation.STAT_MISSING
            || operation == FileOperation.LIST;
    long size = range ? 12_288 : none ? 0 : number * 1_000L;
    Optional<String> to =
        operation == FileOperation.RENAME ? Optional.of("c1/d0/\"ä\".r1") : Optional.empty();
    PlannedOperation planned =
        new PlannedOperation(
            number,
            operation,
            operation,
            number,
            "c1/d0/f" + number,
            to,
            size,
            range ? 8_192 : 0,
            range ? 4_096 : content ? size : 0);
    return TracedOperation.of(planned, 1, number * 500_000L, 1_234_567 + number, failure);
  }

  @Test
  void theGoldenFileIsRead() throws Exception {
    Path golden = Path.of(getClass().getResource("/golden/trace-v1.jsonl").toURI());
    assertThat(read(golden))
        .hasSize(13)
        .startsWith(sample(FileOperation.CREATE, Optional.empty()))
        .endsWith(sample(FileOperation.WRITE, Optional.of(FailureKind.RESOURCE_EXHAUSTED)));
  }

  @Test
  void linesOfManyThreadsAreNotTorn() throws Exception {
    Path file = directory.resolve("many.trace");
    int threads = 8;
    int perThread = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (TraceWriter writer = TraceWriter.create(file, Samples.HEADER, Samples.HEADER.clients())) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        tasks.add(task(writer, thread, perThread));
      }
      for (Future<Void> future : pool.invokeAll(tasks)) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    long[] next = new long[threads];
    for (TracedOperation operation : read(file)) {
      assertThat(operation.durationNanos()).isEqualTo(next[operation.client()]++);
    }
    assertThat(next).containsOnly(perThread);
  }

  private static Callable<Void> task(TraceWriter writer, int client, int count) {
    return () -> {
      for (int i = 0; i < count; i++) {
        writer.write(numbered(client, i));
      }
      return null;
    };
  }

  private static TracedOperation numbered(int client, long number) {
    return new TracedOperation(
        number,
        client,
        FileOperation.STAT,
        "f" + number,
        Optional.empty(),
        0,
        0,
        0,
        Optional.empty(),
        number);
  }

  @Test
  void aLineLargerThanTheBufferKeepsItsPlace() throws IOException {
    Path file = directory.resolve("large.trace");
    String path = "x".repeat(TraceWriter.BUFFER_BYTES + 1);
    TracedOperation large =
        new TracedOperation(
            1, 0, FileOperation.STAT, path, Optional.empty(), 0, 0, 0, Optional.empty(), 1);
    try (TraceWriter writer = TraceWriter.create(file, Samples.HEADER, Samples.HEADER.clients())) {
      writer.write(numbered(0, 0));
      writer.write(large);
      writer.write(numbered(0, 2));
    }
    assertThat(read(file)).containsExactly(numbered(0, 0), large, numbered(0, 2));
  }

  /** What a killed process leaves: the header at once, the rest as the buffer fills. */
  @Test
  void theFileIsReadableBeforeItIsClosed() throws IOException {
    Path file = directory.resolve("open.trace");
    try (TraceWriter writer = TraceWriter.create(file, Samples.HEADER, Samples.HEADER.clients())) {
      assertThat(read(file)).isEmpty();
      for (int i = 0; i < 10_000; i++) {
        writer.write(numbered(0, i));
      }
      List<TracedOperation> sofar = read(file);
      assertThat(sofar).isNotEmpty();
      for (int i = 0; i < sofar.size(); i++) {
        assertThat(sofar.get(i)).isEqualTo(numbered(0, i));
      }
      writer.flush();
      assertThat(read(file)).hasSize(10_000);
    }
  }

  @Test
  void neverWritesOverAnotherTrace() throws IOException {
    Path file = Files.writeString(directory.resolve("old.trace"), "precious");
    assertThatThrownBy(() -> TraceWriter.create(file, Samples.HEADER, Samples.HEADER.clients()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void takesNoClientThatTheHeaderDoesNotHave() throws IOException {
    try (TraceWriter writer =
        TraceWriter.create(directory.resolve("t"), Samples.HEADER, Samples.HEADER.clients())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(numbered(12, 0)))
          .withMessage("client 12 of 12");
    }
  }

  @Test
  void afterAFailedWriteNothingIsWritten() throws IOException {
    TraceWriter writer =
        TraceWriter.create(directory.resolve("t"), Samples.HEADER, Samples.HEADER.clients());
    writer.close();
    writer.close();
    writer.write(numbered(0, 0));
    assertThatThrownBy(writer::flush).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> writer.write(numbered(0, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the trace is broken")
        .hasCauseInstanceOf(ClosedChannelException.class);
  }
}
