package io.mooseng.bench.core.jmh;

import java.util.Optional;

/**
 * How much of what was read came from a device, of the reads of one thread.
 *
 * <p>What the kernel counts for a process has its code in it too: where the page cache was dropped,
 * classes and libraries that are used for the first time are fetched again, megabytes of them in
 * the first seconds. So no read counts for more than its own bytes; else a few such reads would
 * make up for all that came from memory.
 */
final class FetchedShare {

  /** A little of a file may come from elsewhere, such as data kept in its inode. */
  private static final double LEAST_SHARE = 0.9;

  private static final double BYTES_PER_MEGABYTE = 1 << 20;

  private long bytesRead;
  private long bytesFetched;

  /**
   * @param read bytes of one read
   * @param fetched bytes that its process had fetched from devices meanwhile
   */
  void add(long read, long fetched) {
    bytesRead += read;
    bytesFetched += Math.min(read, fetched);
  }

  /** Why the reads were not cold, in one line; empty if they were, or there were none. */
  Optional<String> whyNotCold() {
    return bytesFetched >= LEAST_SHARE * bytesRead
        ? Optional.empty()
        : Optional.of(
            "not cold: %.1f MB were read and %.1f MB of them fetched from a device"
                .formatted(bytesRead / BYTES_PER_MEGABYTE, bytesFetched / BYTES_PER_MEGABYTE));
  }
}
