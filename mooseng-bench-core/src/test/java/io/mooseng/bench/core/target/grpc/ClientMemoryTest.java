package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ByteSize;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void fiveHundredClientsFit() throws Exception {
    assertFit(500, "1MB");
  }

  @Test
  @Tag("acceptance")
  void eightClientsWithLargeFilesFit() throws Exception {
    assertFit(8, "100MB");
  }

  private void assertFit(int clients, String size) throws Exception {
    long bytes = ByteSize.parse(size).bytes();
    Process server = ServerProcess.startIn(directory);
    try (BufferedReader output = server.inputReader()) {
      Process client = program(output.readLine(), Long.toString(bytes), Integer.toString(clients));
      try (BufferedReader lines = client.inputReader()) {
        assertThat(lines.lines().toList())
            .last()
            .isEqualTo(
                "%d operations, %d B, failures {}, 0 threads of the client"
                    .formatted(2 * clients, 2 * clients * bytes));
      }
      assertThat(client.waitFor()).isZero();
    } finally {
      server.destroyForcibly().waitFor();
    }
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
