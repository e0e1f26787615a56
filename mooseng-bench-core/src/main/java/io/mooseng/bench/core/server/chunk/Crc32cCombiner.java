package io.mooseng.bench.core.server.chunk;

/**
 * The CRC32C of two pieces of data in a row, from the CRC32C of each: multiplication by a power of
 * x modulo the polynomial, as in zlib's {@code crc32_combine} (Mark Adler), with the polynomial of
 * CRC32C.
 */
final class Crc32cCombiner {

  /** Castagnoli's polynomial (RFC 3720, appendix B.4), bits reflected. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 1 << 31;
  private static final int BITS_PER_BYTE_LOG2 = 3;
  private static final int[] POWERS = powersOfX();

  private final int shift;

  /** Combines with second pieces of {@code length} bytes. */
  Crc32cCombiner(long length) {
    int power = ONE;
    int k = BITS_PER_BYTE_LOG2;
    for (long n = length; n != 0; n >>>= 1, k++) {
      if ((n & 1) != 0) {
        power = multiply(POWERS[k & 31], power);
      }
    }
    shift = power;
  }

  /** The CRC32C of both pieces together. */
  int combine(int first, int second) {
    return multiply(shift, first) ^ second;
  }

  /** x^(2^k) for every k below 32; the powers repeat after that. */
  private static int[] powersOfX() {
    int[] powers = new int[32];
    powers[0] = 1 << 30;
    for (int k = 1; k < powers.length; k++) {
      powers[k] = multiply(powers[k - 1], powers[k - 1]);
    }
    return powers;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int factor = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) != 0 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
    }
    return product;
  }
}
