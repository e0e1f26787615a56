package io.mooseng.bench.core.pairs;

import io.mooseng.bench.core.result.HistogramLog;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.RowKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** The histograms of a run, compressed: as they are they take some 100 KB each. */
final class PackedHistograms {

  private final Map<RowKey, Map<HistogramTag, ByteBuffer>> byRow = new HashMap<>();

  private PackedHistograms() {}

  static PackedHistograms read(Path log) {
    PackedHistograms packed = new PackedHistograms();
    HistogramLog.read(log)
        .forEach(
            (tag, histogram) ->
                packed
                    .byRow
                    .computeIfAbsent(tag.row(), row -> new HashMap<>())
                    .put(tag, pack(histogram)));
    return packed;
  }

  /** Those of one row. */
  Map<HistogramTag, Histogram> of(RowKey row) {
    Map<HistogramTag, Histogram> histograms = new HashMap<>();
    byRow
        .getOrDefault(row, Map.of())
        .forEach((tag, bytes) -> histograms.put(tag, unpack(bytes.duplicate())));
    return histograms;
  }

  private static ByteBuffer pack(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return ByteBuffer.wrap(Arrays.copyOf(buffer.array(), length));
  }

  private static Histogram unpack(ByteBuffer bytes) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException e) {
      throw new IllegalStateException("packed by this class", e);
    }
  }
}
