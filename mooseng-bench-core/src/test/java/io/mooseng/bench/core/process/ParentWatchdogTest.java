package io.mooseng.bench.core.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ParentWatchdogTest {

  @Test
  void haltsTheJvmWhenItsParentIsKilled(@TempDir Path directory) throws Exception {
    Path trace = directory.resolve("trace");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(listener.getLocalPort());
      Process parent = ChildJvm.of(ChildJvm.Parent.class, port, trace.toString()).start();
      try (Socket watched = listener.accept();
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(watched.getInputStream(), US_ASCII))) {
        assertThat(lines.readLine()).isEqualTo("watched");
        assertThat(trace).doesNotExist();
        parent.destroyForcibly().waitFor();
        assertThat(lines.readLine()).as("the connection ends with the process").isNull();
      } finally {
        parent.destroyForcibly();
      }
    }
    assertThat(trace).hasContent("cleaned up");
  }

  @Test
  void doesNothingWhileTheParentLives() throws Exception {
    CountDownLatch cleaned = new CountDownLatch(1);
    try (ParentWatchdog watchdog =
        ParentWatchdog.watch(ProcessIdentity.current(), cleaned::countDown)) {
      assertThat(watchdog).isNotNull();
      assertThat(cleaned.await(1_200, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
