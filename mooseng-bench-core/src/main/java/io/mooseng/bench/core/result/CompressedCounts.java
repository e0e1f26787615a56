package io.mooseng.bench.core.result;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * The counts of a histogram in HdrHistogram's compressed encoding of version 2, read without making
 * an array of all counts that could be: that one has room for hours, and a run has hundreds of
 * thousands of histograms. Encodings of other versions or units are left to the library.
 *
 * <p>The encoding is that of {@code AbstractHistogram.encodeIntoCompressedByteBuffer}: a header,
 * then deflated a second header and counts by index, each as a ZigZag LEB128 number; a number below
 * 0 stands for so many counts of 0. Used by one thread.
 */
final class CompressedCounts {

  private static final int COMPRESSED_COOKIE = 0x1c849314;
  private static final int COOKIE = 0x1c849313;
  private static final int HEADER = 40;
  private static final int MOST_DIGITS = 5;
  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;
  private static final int LONGEST = 9;

  /** Ten times what a histogram of five digits can take. */
  private static final int MOST_BYTES = 1 << 26;

  private final byte[] counts;
  private final int subBucketHalfBits;
  private final int digits;
  private int position = HEADER;
  private final int end;

  private CompressedCounts(byte[] counts, int digits, int end) {
    this.counts = counts;
    this.digits = digits;
    this.end = end;
    // HdrHistogram: a power of two that is at least twice ten to the power of the digits.
    int largest = 2 * (int) Math.pow(10, digits);
    this.subBucketHalfBits = Integer.SIZE - Integer.numberOfLeadingZeros(largest - 1) - 1;
  }

  /**
   * Decodes a histogram.
   *
   * @return one that resizes itself
   * @throws DataFormatException or a runtime exception if it is damaged
   */
  static Histogram decode(byte[] compressed) throws DataFormatException {
    CompressedCounts counts = of(compressed);
    if (counts == null) {
      Histogram histogram =
          Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(compressed), 0);
      histogram.setAutoResize(true);
      return histogram;
    }
    Histogram histogram = new Histogram(counts.digits);
    histogram.setAutoResize(true);
    counts.addTo(histogram);
    return histogram;
  }

  /**
   * Adds a histogram to another one.
   *
   * @param to one that resizes itself, counts single units and has as many digits
   * @return false, and nothing is added, if it must be decoded first
   * @throws DataFormatException or a runtime exception if it is damaged
   */
  static boolean addTo(Histogram to, byte[] compressed) throws DataFormatException {
    CompressedCounts counts = of(compressed);
    boolean alike =
        counts != null
            && to.getNumberOfSignificantValueDigits() == counts.digits
            && to.getLowestDiscernibleValue() == 1;
    if (alike) {
      counts.addTo(to);
    }
    return alike;
  }

  /** Null for what the library must read. */
  private static CompressedCounts of(byte[] compressed) throws DataFormatException {
    ByteBuffer outer = ByteBuffer.wrap(compressed);
    if (compressed.length < 2 * Integer.BYTES || outer.getInt() != COMPRESSED_COOKIE) {
      return null;
    }
    int length = outer.getInt();
    if (length < 0 || length > outer.remaining()) {
      return null;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed, outer.position(), length);
      byte[] header = new byte[HEADER];
      if (inflater.inflate(header) < HEADER) {
        return null;
      }
      ByteBuffer inner = ByteBuffer.wrap(header);
      int cookie = inner.getInt();
      int payload = inner.getInt();
      int offset = inner.getInt();
      int digits = inner.getInt();
      long lowest = inner.getLong();
      boolean usual =
          cookie == COOKIE && offset == 0 && digits >= 0 && digits <= MOST_DIGITS && lowest == 1;
      if (!usual || payload < 0 || payload > MOST_BYTES) {
        return null;
      }
      byte[] counts = new byte[HEADER + payload];
      int end = HEADER;
      while (end < counts.length) {
        int inflated = inflater.inflate(counts, end, counts.length - end);
        if (inflated == 0) {
          return null;
        }
        end += inflated;
      }
      return new CompressedCounts(counts, digits, end);
    } finally {
      inflater.end();
    }
  }

  private void addTo(Histogram histogram) {
    int[] indices = new int[end - position];
    long[] found = new long[indices.length];
    int size = 0;
    int index = 0;
    while (position < end) {
      long next = next();
      if (next < 0) {
        index = Math.toIntExact(index - next);
      } else {
        if (next > 0) {
          indices[size] = index;
          found[size++] = next;
        }
        index++;
      }
    }
    // The greatest value first: then the histogram resizes itself once.
    for (int i = size - 1; i >= 0; i--) {
      histogram.recordValueWithCount(valueAt(indices[i]), found[i]);
    }
  }

  private long valueAt(int index) {
    int half = 1 << subBucketHalfBits;
    int bucket = (index >> subBucketHalfBits) - 1;
    return bucket < 0 ? index : (long) ((index & half - 1) + half) << bucket;
  }

  /** The ninth byte of a number has eight bits of it. */
  private long next() {
    long bits = 0;
    for (int i = 0; i < LONGEST; i++) {
      int b = counts[position++];
      if (i == LONGEST - 1) {
        bits |= (long) (b & 0xff) << 7 * i;
      } else {
        bits |= (long) (b & SEVEN_BITS) << 7 * i;
        if ((b & MORE) == 0) {
          break;
        }
      }
    }
    return bits >>> 1 ^ -(bits & 1);
  }
}
