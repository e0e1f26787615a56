package io.mooseng.bench.network;

import com.google.protobuf.ByteString;
import io.mooseng.bench.core.wire.ProbeContent;

/**
 * What every message of a trial carries.
 *
 * @param bytes a function of the run's seed
 * @param crc32c their checksum (RFC 3720, appendix B.4)
 */
record ProbeData(ByteString bytes, int crc32c) {

  /**
   * @param size 0 to {@link ProbeContent#MOST_BYTES}
   */
  static ProbeData of(long seed, long size) {
    ByteString bytes = ProbeContent.of(seed, Math.toIntExact(size)).first((int) size);
    return new ProbeData(bytes, Arrived.crc32c(bytes, 1));
  }

  int size() {
    return bytes.size();
  }
}
