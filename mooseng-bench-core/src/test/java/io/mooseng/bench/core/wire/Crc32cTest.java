package io.mooseng.bench.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Crc32cTest {

  @Test
  void knowsTheCheckValueOfTheAlgorithm() {
    ByteBuffer digits = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(Crc32c.of(digits)).isEqualTo(0xE3069283);
    assertThat(digits.position()).isZero();
  }

  @Test
  void travelsMostSignificantByteFirst() {
    ByteString field = Crc32c.encode(0xE3069283);
    assertThat(field.toByteArray())
        .containsExactly((byte) 0xE3, (byte) 0x06, (byte) 0x92, (byte) 0x83);
    assertThat(Crc32c.decode(field)).isEqualTo(0xE3069283);
  }

  @Test
  void refusesAFieldOfAnotherLength() {
    assertThatThrownBy(() -> Crc32c.decode(ByteString.copyFrom(new byte[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a checksum of 3 bytes; accepted: the 4 bytes of a CRC32C");
  }

  @Test
  void runsOnAsIfComputedInOneGo() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(5_000)];
      random.nextBytes(bytes);
      int frame = 1 + random.nextInt(2_000);
      RunningCrc32c running = new RunningCrc32c();
      for (int at = 0; at < bytes.length; at += frame) {
        int length = Math.min(frame, bytes.length - at);
        running.append(Crc32c.of(ByteBuffer.wrap(bytes, at, length)), length);
      }
      assertThat(running.value()).isEqualTo(Crc32c.of(ByteBuffer.wrap(bytes)));
    }
  }
}
