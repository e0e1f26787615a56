package io.mooseng.bench.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTimingTest {

  @TempDir private Path directory;

  private static Metadata.Key<String> raw() {
    return Metadata.Key.of(ServerTiming.ANSWER.name(), Metadata.ASCII_STRING_MARSHALLER);
  }

  @Test
  void comesBackAsItWasSent() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      ServerTiming sent =
          new ServerTiming(
              random.nextLong() >> random.nextInt(64),
              random.nextLong() >> random.nextInt(64),
              "0123456789abcdef");
      Metadata trailers = new Metadata();
      trailers.put(ServerTiming.ANSWER, sent);
      String text = trailers.get(raw());
      Metadata received = new Metadata();
      received.put(raw(), text);
      assertThat(received.get(ServerTiming.ANSWER)).as(text).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1", "1 2", "x y z", "1  ab", "99999999999999999 1 ab"})
  void whatCannotBeReadIsOfNoDomain(String text) {
    Metadata received = new Metadata();
    received.put(raw(), text);
    assertThat(received.get(ServerTiming.ANSWER).domain()).isEmpty();
  }

  @Test
  void aDomainIsABootAndATimeNamespace() throws IOException {
    Path boot = Files.writeString(directory.resolve("boot"), "a\n");
    Path namespace =
        Files.createSymbolicLink(directory.resolve("time"), Path.of("time:[4026531834]"));
    Path none = directory.resolve("none");
    assertThat(ClockDomain.find(boot, none)).isPresent().isEqualTo(ClockDomain.find(boot, none));
    Path other = Files.writeString(directory.resolve("other"), "b\n");
    assertThat(ClockDomain.find(other, none)).isNotEqualTo(ClockDomain.find(boot, none));
    assertThat(ClockDomain.find(boot, namespace)).isNotEqualTo(ClockDomain.find(boot, none));
    assertThat(ClockDomain.find(none, none)).isEmpty();
  }
}
