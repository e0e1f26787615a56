package io.mooseng.bench.core.server.chunk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a store knows of one chunk.
 *
 * @param version given by the writer; greater after every write
 * @param size in bytes
 * @param crc32c of the whole content (RFC 3720, appendix B.4)
 * @param written when the content was committed
 */
public record StoredChunk(long chunkId, int version, long size, int crc32c, Instant written) {

  /**
   * This chunk after a change in place.
   *
   * @param asked the version the writer gave, which is taken if it is greater than this one's
   */
  StoredChunk changed(int asked, long newSize, int newCrc32c, Instant now) {
    int next = version + 1;
    return new StoredChunk(
        chunkId,
        Integer.compareUnsigned(asked, next) > 0 ? asked : next,
        newSize,
        newCrc32c,
        now.truncatedTo(ChronoUnit.MILLIS));
  }
}
