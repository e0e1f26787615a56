package io.mooseng.bench.core.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.process.ChildJvm;
import io.mooseng.bench.core.workload.mix.FileOperation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes a trace is killed in the middle of it. */
@Timeout(60)
class TraceKillTest {

  private static final int THREADS = 3;
  private static final int LINES_BEFORE = 20_000;

  @TempDir private Path directory;

  @Test
  void whatAKilledProcessLeavesIsReadable() throws Exception {
    Path file = directory.resolve("killed.trace");
    Process writer = ChildJvm.of(Endless.class, file.toString()).start();
    try (BufferedReader output = writer.inputReader()) {
      for (int thread = 0; thread < THREADS; thread++) {
        assertThat(output.readLine()).isEqualTo("writing");
      }
    } finally {
      writer.destroyForcibly();
    }
    writer.waitFor();
    long[] next = new long[THREADS];
    try (TraceReader reader = TraceReader.open("trace", file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        assertThat(line.get().startNanos()).isEqualTo(next[line.get().client()]++);
      }
    }
    assertThat(Arrays.stream(next).min().orElseThrow()).isGreaterThan(LINES_BEFORE / 2);
  }

  /** Writes until it is killed; says so when it has begun. */
  static final class Endless {
    public static void main(String[] arguments) throws IOException {
      TraceWriter writer =
          TraceWriter.create(Path.of(arguments[0]), Samples.HEADER, Samples.HEADER.clients());
      for (int thread = 0; thread < THREADS; thread++) {
        int client = thread;
        new Thread(() -> writeOn(writer, client)).start();
      }
    }

    private static void writeOn(TraceWriter writer, int client) {
      try {
        for (long i = 0; true; i++) {
          writer.write(
              new TracedOperation(
                  i,
                  client,
                  FileOperation.STAT,
                  "f",
                  Optional.empty(),
                  0,
                  0,
                  0,
                  Optional.empty(),
                  i));
          if (i == LINES_BEFORE) {
            System.out.println("writing");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
