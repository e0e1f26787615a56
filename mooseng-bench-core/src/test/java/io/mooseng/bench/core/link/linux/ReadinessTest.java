package io.mooseng.bench.core.link.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadinessTest {

  @BeforeEach
  void needsLinux() {
    assumeTrue(
        NativeAccess.obstacle().isEmpty(), () -> NativeAccess.obstacle().orElseThrow().missing());
  }

  @Test
  void comesBackWhenTheTimeHasCome() throws LinuxException {
    try (Readiness readiness = new Readiness()) {
      long start = System.nanoTime();

      assertThat(readiness.await(2_000_000)).isFalse();

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
    }
  }

  @Test
  void isWokenByAnotherThread() throws LinuxException {
    try (Readiness readiness = new Readiness()) {
      CompletableFuture<Void> waker = CompletableFuture.runAsync(readiness::wake);

      assertThat(readiness.await(Readiness.FOREVER)).isTrue();
      waker.join();
      assertThat(readiness.await(0)).as("woken once only").isFalse();
    }
  }

  @Test
  void tellsWhichDescriptorCanBeRead() throws LinuxException {
    int never = LinuxCalls.eventCounter();
    int now = LinuxCalls.eventCounter();
    try (NativeMemory one = new NativeMemory(8).zeroed();
        Readiness readiness = new Readiness(never, now)) {
      one.bytes().putLong(0, 1);
      LinuxCalls.write(now, one.address(), 8);

      assertThat(readiness.await(Readiness.FOREVER)).isTrue();
      assertThat(readiness.ready(0)).isFalse();
      assertThat(readiness.ready(1)).isTrue();

      readiness.want(1, false);
      assertThat(readiness.await(0)).as("not wanted any more").isFalse();
    } finally {
      LinuxCalls.close(never);
      LinuxCalls.close(now);
    }
  }

  @Test
  void failedCallsSayWhatWasTriedAndWhy() {
    assertThatThrownBy(() -> LinuxCalls.open("/no/such/file", LinuxCalls.O_RDONLY))
        .isInstanceOf(LinuxException.class)
        .hasMessage("open /no/such/file: No such file or directory");
    assertThatThrownBy(() -> LinuxCalls.ioctl("TUNSETIFF x", -1, 0, 0))
        .hasMessage("TUNSETIFF x: Bad file descriptor");
  }
}
