package io.mooseng.bench.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.ByteSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

  /** Castagnoli's polynomial, reflected (RFC 3720, appendix B.4). */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int MIB = 1 << 20;
  private static final ByteSize SIZE = new ByteSize(2 * MIB + 12_345);

  private static byte[] bytes(Payload payload) {
    byte[] all = new byte[(int) payload.size()];
    for (int offset = 0; offset < all.length; ) {
      ByteBuffer slice = payload.slice(offset, Integer.MAX_VALUE);
      int length = slice.remaining();
      assertThat(length).isPositive();
      slice.get(all, offset, length);
      offset += length;
    }
    return all;
  }

  private static int bruteForceCrc32c(byte[] bytes) {
    int crc = ~0;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc >>> 1) ^ (POLYNOMIAL & -(crc & 1));
      }
    }
    return ~crc;
  }

  @Test
  void isAFunctionOfSeedVariantAndSize() {
    assertThat(bytes(Payload.of(1, 2, SIZE))).isEqualTo(bytes(Payload.of(1, 2, SIZE)));
    assertThat(Payload.of(1, 2, SIZE).crc32c()).isEqualTo(Payload.of(1, 2, SIZE).crc32c());
  }

  @Test
  void differsForAnotherSeedOrVariant() {
    byte[] one = bytes(Payload.of(1, 2, SIZE));
    for (Payload other : new Payload[] {Payload.of(2, 2, SIZE), Payload.of(1, 3, SIZE)}) {
      byte[] different = bytes(other);
      int same = 0;
      for (int i = 0; i < one.length; i++) {
        same += one[i] == different[i] ? 1 : 0;
      }
      // Independent bytes agree one time in 256.
      assertThat(same).isBetween(one.length / 300, one.length / 200);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 10, 64 << 10, 3 << 20})
  void isIncompressible(long size) {
    byte[] content = bytes(Payload.of(5, 0, new ByteSize(size)));
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(content);
    deflater.finish();
    byte[] out = new byte[content.length * 2];
    int compressed = 0;
    while (!deflater.finished()) {
      compressed += deflater.deflate(out);
    }
    deflater.end();
    assertThat((double) compressed / content.length).isGreaterThan(0.99);
  }

  @Test
  void slicesAgreeWithTheWholeAtAnyOffset() {
    Payload payload = Payload.of(9, 4, SIZE);
    byte[] whole = bytes(payload);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5_000; i++) {
      int offset = random.nextInt(whole.length);
      int length = random.nextInt(1, 1 << random.nextInt(1, 22));
      ByteBuffer slice = payload.slice(offset, length);
      int untilBlockEnds = Payload.BLOCK_BYTES - offset % Payload.BLOCK_BYTES;
      assertThat(slice.remaining())
          .isEqualTo(Math.min(length, Math.min(untilBlockEnds, whole.length - offset)));
      assertThat(slice).isEqualTo(ByteBuffer.wrap(whole, offset, slice.remaining()));
      assertThat(slice.isReadOnly()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 4096, MIB - 1, MIB, MIB + 1})
  void crc32cIsThatOfTheContent(long size) {
    Payload payload = Payload.of(-3, 8, new ByteSize(size));
    assertThat(payload.size()).isEqualTo(size);
    assertThat(payload.crc32c()).isEqualTo(bruteForceCrc32c(bytes(payload)));
  }

  @Test
  void crc32cOfAnyRangeIsThatOfItsBytes() {
    Payload payload = Payload.of(9, 5, SIZE);
    byte[] whole = bytes(payload);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20; i++) {
      int offset = i % 4 == 0 ? random.nextInt(3) * MIB : random.nextInt(whole.length);
      int rest = whole.length - offset;
      int length = i % 2 == 0 ? Math.min(MIB, rest) : random.nextInt(rest + 1);
      assertThat(payload.crc32c(offset, length))
          .isEqualTo(bruteForceCrc32c(Arrays.copyOfRange(whole, offset, offset + length)));
    }
    assertThatThrownBy(() -> payload.crc32c(whole.length - 5, 6))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("6 bytes from 2109492 are not within 2109497 bytes");
  }

  @Test
  void thePlainestCrc32cAnswersTheStandardsExample() {
    assertThat(bruteForceCrc32c(new byte[32])).isEqualTo(0x8A9136AA);
  }

  @Test
  void nothingIsOutsideOfTheFile() {
    Payload payload = Payload.of(1, 0, new ByteSize(10));
    assertThat(payload.slice(10, 5).hasRemaining()).isFalse();
    assertThatThrownBy(() -> payload.slice(11, 1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("11 is outside of a file of 10 bytes");
    assertThatThrownBy(() -> payload.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anEmptyFileHasAnEmptyContent() {
    Payload payload = Payload.of(1, 0, new ByteSize(0));
    assertThat(payload.crc32c()).isZero();
    assertThat(payload.slice(0, 100).hasRemaining()).isFalse();
  }

  /** A file that grows holds the beginning of the same content all the time. */
  @Test
  void aLongerPayloadBeginsWithAShorterOne() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20; i++) {
      int shorter = random.nextInt(3 * MIB);
      int longer = shorter + (i % 5 == 0 ? 0 : random.nextInt(2 * MIB));
      Payload grown = Payload.of(7, 3, new ByteSize(shorter)).extendedTo(longer);
      Payload whole = Payload.of(7, 3, new ByteSize(longer));
      assertThat(bytes(grown)).isEqualTo(bytes(whole));
      for (int offset = 0; offset < longer; offset += MIB) {
        int length = Math.min(MIB, longer - offset);
        assertThat(grown.crc32c(offset, length)).isEqualTo(whole.crc32c(offset, length));
      }
    }
  }

  @Test
  void aPartHoldsTheBytesOfItsPlace() {
    Payload payload = Payload.of(9, 6, SIZE);
    byte[] whole = bytes(payload);
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 50; i++) {
      int offset = random.nextInt(whole.length + 1);
      int length = random.nextInt(whole.length - offset + 1);
      Payload part = payload.part(offset, length);
      byte[] expected = Arrays.copyOfRange(whole, offset, offset + length);
      assertThat(part.size()).isEqualTo(length);
      assertThat(bytes(part)).isEqualTo(expected);
      assertThat(part.crc32c()).isEqualTo(payload.crc32c(offset, length));
      int inner = random.nextInt(length + 1);
      assertThat(bytes(part.part(inner, length - inner)))
          .isEqualTo(Arrays.copyOfRange(expected, inner, length));
    }
  }

  @Test
  void partsAndExtensionsOfWhatIsNotThereAreRefused() {
    Payload payload = Payload.of(1, 0, new ByteSize(10));
    assertThatThrownBy(() -> payload.part(4, 7)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> payload.extendedTo(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("10 bytes extended to 9");
    assertThatThrownBy(() -> payload.part(1, 2).extendedTo(5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 bytes of a part extended to 5");
  }
}
