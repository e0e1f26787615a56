package io.mooseng.bench.core.workload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file holds after it was written, overwritten and appended to in parts: extents of
 * payloads, of which only their place is kept. A file changed n times takes O(n) memory, a change
 * O(log n) time, whatever the sizes are.
 *
 * <p>A change that failed may have happened, in part, or may happen yet. What it was to replace is
 * not known from then on, whatever is written there later.
 *
 * <p>Safe for use by any number of threads. Every call sees each change wholly or not at all, so
 * that a checksum of a range is to be asked for when nothing writes there any more.
 */
public final class FileContent implements Content {

  /**
   * A part of the file.
   *
   * @param payloadOffset where in the payload it begins
   */
  private record Extent(Payload payload, long payloadOffset, long length) {

    Extent from(long offset) {
      return new Extent(payload, payloadOffset + offset, length - offset);
    }

    Extent first(long bytes) {
      return new Extent(payload, payloadOffset, bytes);
    }
  }

  /** By their offset in the file; they follow each other without gaps, and none is empty. */
  private final TreeMap<Long, Extent> extents = new TreeMap<>();

  /** Ends of the ranges that are not known, by where they begin; none touches another. */
  private final TreeMap<Long, Long> doubts = new TreeMap<>();

  private long size;
  private boolean endIsKnown = true;

  /** The content of an empty file. */
  public FileContent() {}

  /** The content of a file that {@code payload} was written into. */
  public static FileContent of(Payload payload) {
    FileContent content = new FileContent();
    content.append(payload);
    return content;
  }

  @Override
  public synchronized long size() {
    return size;
  }

  /** Adds {@code payload} at the end; changes nothing once it is not known where that is. */
  public synchronized void append(Payload payload) {
    if (endIsKnown) {
      put(size, payload);
      size += payload.size();
    }
  }

  /** Something may have been added at the end, or may be yet. */
  public synchronized void doubtEnd() {
    endIsKnown = false;
  }

  /**
   * What was to be replaced may have been, or may be yet.
   *
   * @throws IndexOutOfBoundsException if there are no such bytes
   */
  public synchronized void doubt(long offset, long length) {
    Content.requireWithin(offset, length, size);
    long start = offset;
    long end = offset + length;
    Map.Entry<Long, Long> last = doubts.floorEntry(end);
    while (last != null && last.getValue() >= start) {
      start = Math.min(start, last.getKey());
      end = Math.max(end, last.getValue());
      doubts.remove(last.getKey());
      last = doubts.floorEntry(end);
    }
    if (start < end) {
      doubts.put(start, end);
    }
  }

  @Override
  public synchronized List<Range> known(long blockBytes) {
    List<Range> ranges = new ArrayList<>();
    long end = endIsKnown ? size : size - size % blockBytes;
    long begin = 0;
    for (long block = 0; block < end; block += blockBytes) {
      if (isInDoubt(block, Math.min(end, block + blockBytes))) {
        addRange(ranges, begin, block);
        begin = block + blockBytes;
      }
    }
    addRange(ranges, begin, end);
    return ranges;
  }

  private static void addRange(List<Range> ranges, long begin, long end) {
    if (begin < end) {
      ranges.add(new Range(begin, end - begin));
    }
  }

  private boolean isInDoubt(long begin, long end) {
    Map.Entry<Long, Long> last = doubts.lowerEntry(end);
    return last != null && last.getValue() > begin;
  }

  @Override
  public synchronized boolean isCertain() {
    return endIsKnown && doubts.isEmpty();
  }

  /**
   * Replaces the bytes from {@code offset} by {@code payload}.
   *
   * @throws IndexOutOfBoundsException if it would end beyond the file
   */
  public synchronized void overwrite(long offset, Payload payload) {
    Content.requireWithin(offset, payload.size(), size);
    if (payload.size() > 0) {
      long end = offset + payload.size();
      splitAt(offset);
      splitAt(end);
      extents.subMap(offset, end).clear();
      put(offset, payload);
    }
  }

  private void put(long offset, Payload payload) {
    if (payload.size() > 0) {
      extents.put(offset, new Extent(payload, 0, payload.size()));
    }
  }

  /** Makes an extent begin at {@code offset}, unless the file ends there. */
  private void splitAt(long offset) {
    Map.Entry<Long, Extent> before = extents.lowerEntry(offset);
    if (before == null) {
      return;
    }
    long first = offset - before.getKey();
    if (first < before.getValue().length()) {
      extents.put(before.getKey(), before.getValue().first(first));
      extents.put(offset, before.getValue().from(first));
    }
  }

  /** As {@link Content#slice}: contiguous until the extent or a block of its payload ends. */
  @Override
  public synchronized ByteBuffer slice(long offset, int length) {
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException(offset + " is outside of a file of " + size + " bytes");
    }
    if (offset == size) {
      return ByteBuffer.allocate(0);
    }
    Map.Entry<Long, Extent> found = extents.floorEntry(offset);
    Extent rest = found.getValue().from(offset - found.getKey());
    return rest.payload().slice(rest.payloadOffset(), (int) Math.min(length, rest.length()));
  }

  /** Where one payload fills the range, as fast as that payload answers. */
  @Override
  public synchronized int crc32c(long offset, long length) {
    Content.requireWithin(offset, length, size);
    Map.Entry<Long, Extent> found = extents.floorEntry(offset);
    if (length == 0 || found.getValue().length() - (offset - found.getKey()) < length) {
      return Content.super.crc32c(offset, length);
    }
    Extent rest = found.getValue().from(offset - found.getKey());
    return rest.payload().crc32c(rest.payloadOffset(), length);
  }
}
