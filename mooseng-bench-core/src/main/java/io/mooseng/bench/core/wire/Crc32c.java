package io.mooseng.bench.core.wire;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC32C (RFC 3720, appendix B.4) as the checksum fields of the protocol carry it: four bytes, most
 * significant first. Stateless.
 */
public final class Crc32c {

  /** The reversed Castagnoli polynomial, RFC 3720 section 12.1. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private Crc32c() {}

  /** The checksum of the remaining bytes; the buffer's position does not move. */
  public static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  /** The field value for {@code crc}. */
  public static ByteString encode(int crc) {
    return ByteString.copyFrom(ByteBuffer.allocate(Integer.BYTES).putInt(0, crc));
  }

  /**
   * The checksum a field holds.
   *
   * @throws IllegalArgumentException if the field is not four bytes long
   */
  public static int decode(ByteString field) {
    if (field.size() != Integer.BYTES) {
      throw new IllegalArgumentException(
          "a checksum of " + field.size() + " bytes; accepted: the 4 bytes of a CRC32C");
    }
    return field.asReadOnlyByteBuffer().getInt();
  }

  /**
   * The checksum of two byte sequences one after the other, from the checksums of each.
   *
   * <p>Appending n zero bits to a message is a linear map over GF(2); it is raised to the power
   * {@code 8 * secondLength} by squaring, as zlib's {@code crc32_combine} does.
   *
   * @param secondLength bytes of the second sequence
   */
  public static int combine(int first, int second, long secondLength) {
    int[] power = new int[Integer.SIZE];
    power[0] = POLYNOMIAL;
    for (int bit = 1; bit < Integer.SIZE; bit++) {
      power[bit] = 1 << (bit - 1);
    }
    int crc = first;
    for (long bits = secondLength * Byte.SIZE; bits != 0; bits >>>= 1) {
      if ((bits & 1) != 0) {
        crc = times(power, crc);
      }
      power = square(power);
    }
    return crc ^ second;
  }

  private static int times(int[] matrix, int vector) {
    int sum = 0;
    for (int bit = 0; vector != 0; bit++, vector >>>= 1) {
      sum ^= matrix[bit] & -(vector & 1);
    }
    return sum;
  }

  private static int[] square(int[] matrix) {
    int[] result = new int[Integer.SIZE];
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      result[bit] = times(matrix, matrix[bit]);
    }
    return result;
  }
}
