package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What the library decodes is the measure of all. */
class CompressedCountsTest {

  private static byte[] encoded(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  private static void assertDecoded(Histogram histogram) throws DataFormatException {
    byte[] bytes = encoded(histogram);
    Histogram expected = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
    Histogram decoded = CompressedCounts.decode(bytes);
    assertThat(decoded).isEqualTo(expected);
    assertThat(decoded.getMean()).isEqualTo(expected.getMean());
    assertThat(decoded.getMinValue()).isEqualTo(expected.getMinValue());
    assertThat(decoded.getMaxValue()).isEqualTo(expected.getMaxValue());
    for (double percentile : new double[] {0, 50, 99, 99.99, 100}) {
      assertThat(decoded.getValueAtPercentile(percentile))
          .isEqualTo(expected.getValueAtPercentile(percentile));
    }
    assertThat(decoded.isAutoResize()).isTrue();
  }

  @Test
  void anyHistogramComesBackAsTheLibraryReadsIt() throws DataFormatException {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 60; trial++) {
      Histogram histogram = new Histogram(trial % 6);
      histogram.setAutoResize(true);
      int values = trial % 7 == 0 ? 0 : random.nextInt(1, 2_000);
      for (int i = 0; i < values; i++) {
        long count = random.nextInt(5) == 0 ? random.nextLong(1L << 50) : 1;
        histogram.recordValueWithCount(random.nextLong(1L << random.nextInt(1, 45)), count);
      }
      assertDecoded(histogram);
    }
  }

  @Test
  void otherUnitsAreReadToo() throws DataFormatException {
    Histogram coarse = new Histogram(1_000, 3_600_000_000_000L, 3);
    coarse.recordValue(123_456_789);
    coarse.recordValue(5_000);
    assertThat(CompressedCounts.decode(encoded(coarse)).getValueAtPercentile(100))
        .isEqualTo(coarse.getValueAtPercentile(100));
  }

  /** Whatever is damaged is an exception, or another histogram; never an endless loop. */
  @Test
  void damagedBytesEnd() {
    Histogram histogram = new Histogram(3);
    histogram.setAutoResize(true);
    SplittableRandom random = new SplittableRandom(2);
    random.ints(500, 1, 1_000_000).forEach(histogram::recordValue);
    byte[] right = encoded(histogram);
    for (int length = 0; length < 40; length++) {
      byte[] cut = Arrays.copyOf(right, length);
      assertThatThrownBy(() -> CompressedCounts.decode(cut))
          .isInstanceOfAny(DataFormatException.class, RuntimeException.class);
    }
    int refused = 0;
    for (int trial = 0; trial < 500; trial++) {
      byte[] wrong = right.clone();
      wrong[random.nextInt(8, wrong.length)] ^= (byte) random.nextInt(1, 256);
      try {
        CompressedCounts.decode(wrong);
      } catch (DataFormatException | RuntimeException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
