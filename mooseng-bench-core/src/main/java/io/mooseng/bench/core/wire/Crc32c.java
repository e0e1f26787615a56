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
   * The linear map over GF(2) that a checksum undergoes when {@code length} zero bytes follow: the
   * map of one zero bit, raised to the power by squaring, as zlib's {@code crc32_combine} does.
   *
   * @return column {@code i} is the image of bit {@code i}
   */
  static int[] appendZeros(long length) {
    int[] power = new int[Integer.SIZE];
    int[] result = new int[Integer.SIZE];
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      power[bit] = bit == 0 ? POLYNOMIAL : 1 << (bit - 1);
      result[bit] = 1 << bit;
    }
    for (long bits = length * Byte.SIZE; bits != 0; bits >>>= 1) {
      if ((bits & 1) != 0) {
        result = times(power, result);
      }
      power = times(power, power);
    }
    return result;
  }

  static int times(int[] matrix, int vector) {
    int sum = 0;
    for (int bit = 0, left = vector; left != 0; bit++, left >>>= 1) {
      sum ^= matrix[bit] & -(left & 1);
    }
    return sum;
  }

  private static int[] times(int[] left, int[] right) {
    int[] product = new int[Integer.SIZE];
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      product[bit] = times(left, right[bit]);
    }
    return product;
  }
}
