package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.workload.Payload;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many clients fit into 512 MB of heap and direct memory together. Neither limit can be passed: an
 * allocation above it fails, and with it an operation.
 */
@Timeout(300)
class ClientMemoryTest {

  private static final List<String> LIMITS =
      List.of(
          "-Xmx256m",
          "-XX:MaxDirectMemorySize=256m",
          // Else Netty counts its own direct memory apart, up to as much again.
          "-Dio.grpc.netty.shaded.io.netty.maxDirectMemory=0");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"500, 1MB", "8, 100MB"})
  void manyClientsReadWithinTheLimit(int clients, String size) throws Exception {
    Process server = ServerProcess.start();
    try (BufferedReader output = server.inputReader();
        GrpcDriver driver = GrpcDriver.open(output.readLine(), GrpcOptions.defaults())) {
      Payload payload = Payload.of(ManyClients.SEED, 0, ByteSize.parse(size));
      FileRef file = driver.write(driver.root(), "file", payload, new OperationTrace());
      assertFits(driver, Long.toString(Inode.numberOf(file)), clients, size);
    } finally {
      server.destroyForcibly();
    }
  }

  /** The server takes them more slowly than clients could send; of 8 files far less is queued. */
  @Test
  void manyClientsWriteWithinTheLimit() throws Exception {
    Process server = ServerProcess.startIn(directory);
    try (BufferedReader output = server.inputReader();
        GrpcDriver driver = GrpcDriver.open(output.readLine(), GrpcOptions.defaults())) {
      assertFits(driver, ManyClients.WRITE, 500, "1MB");
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static void assertFits(GrpcDriver driver, String what, int clients, String size)
      throws Exception {
    long bytes = ByteSize.parse(size).bytes();
    Process client =
        program(
            "mooseng://" + driver.identity().address(),
            what,
            Long.toString(bytes),
            Integer.toString(clients));
    try (BufferedReader lines = client.inputReader()) {
      assertThat(lines.lines().toList())
          .last()
          .isEqualTo(
              "%d operations, %d B, failures {}, 0 threads of the client"
                  .formatted(clients, clients * bytes));
    }
    assertThat(client.waitFor()).isZero();
  }

  private static Process program(String... arguments) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        Stream.of(
                Stream.of(java),
                LIMITS.stream(),
                Stream.of("-cp", System.getProperty("java.class.path")),
                Stream.of(ManyClients.class.getName()),
                Stream.of(arguments))
            .flatMap(part -> part)
            .toList();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
