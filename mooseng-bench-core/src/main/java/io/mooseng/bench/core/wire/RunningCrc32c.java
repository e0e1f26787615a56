package io.mooseng.bench.core.wire;

/**
 * The CRC32C of a whole, from the CRC32Cs of its parts as they come: no byte is looked at twice.
 *
 * <p>Used by one thread at a time. Cheap while parts have the same length, as frames have.
 */
public final class RunningCrc32c {

  private int value;
  private long operatorLength = -1;
  private int[] operator;

  /** Adds the next part, of {@code length} bytes with the checksum {@code crc}. */
  public void append(int crc, long length) {
    // Zero bits appended to a checksum of zero leave zero, as at the start of every whole.
    if (value != 0 && length != operatorLength) {
      operator = Crc32c.appendZeros(length);
      operatorLength = length;
    }
    value = value == 0 ? crc : Crc32c.times(operator, value) ^ crc;
  }

  /** The CRC32C of all parts so far; 0 if there were none. */
  public int value() {
    return value;
  }
}
