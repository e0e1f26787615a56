package io.mooseng.bench.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.ByteSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {

  private static final int MIB = 1 << 20;

  private static Payload payload(long variant, long size) {
    return Payload.of(11, variant, new ByteSize(size));
  }

  private static byte[] bytes(Content content, long offset, int length) {
    byte[] all = new byte[length];
    for (int at = 0; at < length; ) {
      ByteBuffer slice = content.slice(offset + at, length - at);
      int part = slice.remaining();
      assertThat(part).isPositive();
      slice.get(all, at, part);
      at += part;
    }
    return all;
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Any sequence of changes, against an array to which the same was done. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void isWhatAnArrayWouldBe(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int largest = seed % 2 == 0 ? 3 * MIB : 5_000;
    FileContent content = new FileContent();
    byte[] expected = new byte[0];
    for (int change = 0; change < 120; change++) {
      int length = random.nextInt(largest / 10 + 1);
      Payload payload = payload(change, length);
      boolean append = expected.length < largest && random.nextInt(4) == 0;
      if (append || length > expected.length) {
        content.append(payload);
        expected = Arrays.copyOf(expected, expected.length + length);
        System.arraycopy(bytes(payload, 0, length), 0, expected, expected.length - length, length);
      } else {
        int offset = random.nextInt(expected.length - length + 1);
        content.overwrite(offset, payload);
        System.arraycopy(bytes(payload, 0, length), 0, expected, offset, length);
      }
      assertThat(content.size()).isEqualTo(expected.length);
      int from = random.nextInt(expected.length + 1);
      int asked = random.nextInt(expected.length - from + 1);
      assertThat(content.crc32c(from, asked)).isEqualTo(crc(expected, from, asked));
      assertThat(bytes(content, from, asked))
          .isEqualTo(Arrays.copyOfRange(expected, from, from + asked));
    }
    assertThat(bytes(content, 0, expected.length)).isEqualTo(expected);
    assertThat(content.crc32c(0, expected.length)).isEqualTo(crc(expected, 0, expected.length));
  }

  @Test
  void blocksOfOnePayloadAreAsFastAsThePayload() {
    Payload payload = payload(1, 3 * MIB + 5);
    FileContent content = FileContent.of(payload);
    content.append(payload(2, 100));
    for (long offset = 0; offset < payload.size(); offset += MIB) {
      long length = Math.min(MIB, payload.size() - offset);
      assertThat(content.crc32c(offset, length)).isEqualTo(payload.crc32c(offset, length));
    }
  }

  @Test
  void anOverwriteStaysWithinTheFile() {
    FileContent content = FileContent.of(payload(1, 100));
    assertThatThrownBy(() -> content.overwrite(91, payload(2, 10)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("10 bytes from 91 are not within 100 bytes");
    assertThatThrownBy(() -> content.overwrite(-1, payload(2, 10)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    content.overwrite(90, payload(2, 10));
    content.overwrite(100, payload(3, 0));
    assertThat(content.size()).isEqualTo(100);
  }

  @Test
  void nothingIsOutsideOfTheFile() {
    FileContent content = FileContent.of(payload(1, 10));
    assertThat(content.slice(10, 5).hasRemaining()).isFalse();
    assertThat(content.crc32c(10, 0)).isZero();
    assertThatThrownBy(() -> content.slice(11, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> content.crc32c(5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> content.crc32c(Long.MAX_VALUE, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anEmptyFileHasAnEmptyContent() {
    FileContent content = new FileContent();
    assertThat(content.size()).isZero();
    assertThat(content.crc32c(0, 0)).isZero();
    assertThat(content.slice(0, 1).hasRemaining()).isFalse();
  }

  /** Any sequence of doubts, against an array of what is known. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void knowsWhatIsNotInDoubt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 60;
    FileContent content = FileContent.of(payload(0, size));
    boolean[] doubtful = new boolean[size];
    for (int step = 0; step < 12; step++) {
      int offset = random.nextInt(size);
      int length = random.nextInt(Math.min(8, size - offset) + 1);
      content.doubt(offset, length);
      content.overwrite(offset, payload(step, length)); // Does not make it known again.
      Arrays.fill(doubtful, offset, offset + length, true);
      for (int block : new int[] {1, 4, 7, 60, 100}) {
        assertThat(bytesOf(content.known(block), size))
            .as("blocks of " + block)
            .isEqualTo(whole(doubtful, block));
      }
    }
    assertThat(content.isCertain()).isFalse();
    assertThatThrownBy(() -> content.doubt(size - 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void endsWhereItWasLastKnownTo() {
    FileContent content = FileContent.of(payload(0, 10));
    assertThat(content.isCertain()).isTrue();
    content.doubtEnd();
    content.append(payload(1, 10));
    assertThat(content.size()).isEqualTo(10);
    assertThat(content.isCertain()).isFalse();
    assertThat(content.known(1)).containsExactly(new Content.Range(0, 10));
    assertThat(content.known(4)).as("the last block").containsExactly(new Content.Range(0, 8));
    assertThat(content.known(20)).isEmpty();
  }

  /** Which bytes lie in a range; each range must begin behind the one before. */
  private static boolean[] bytesOf(List<Content.Range> ranges, int size) {
    boolean[] bytes = new boolean[size];
    long end = -1;
    for (Content.Range range : ranges) {
      assertThat(range.offset()).isGreaterThan(end);
      assertThat(range.length()).isPositive();
      end = range.offset() + range.length();
      Arrays.fill(bytes, (int) range.offset(), (int) end, true);
    }
    return bytes;
  }

  /** Which bytes lie in a block without a doubtful one. */
  private static boolean[] whole(boolean[] doubtful, int block) {
    boolean[] bytes = new boolean[doubtful.length];
    for (int begin = 0; begin < bytes.length; begin += block) {
      int end = Math.min(bytes.length, begin + block);
      boolean known = true;
      for (int i = begin; i < end; i++) {
        known &= !doubtful[i];
      }
      Arrays.fill(bytes, begin, end, known);
    }
    return bytes;
  }
}
