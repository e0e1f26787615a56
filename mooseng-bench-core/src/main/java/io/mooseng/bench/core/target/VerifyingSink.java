package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Computes the CRC32C of every MiB of what arrives, timed as stage VERIFY: so that a difference can
 * be found afterwards, and where it is, without keeping the bytes. Used by one operation.
 */
final class VerifyingSink implements FrameSink {

  /** Blocks of the file, not of what is read: the checksums of a payload's are known beforehand. */
  private static final int BLOCK_BYTES = Payload.BLOCK_BYTES;

  private static final int[] NONE = {};

  private final Ticker ticker;
  private final OperationTrace trace;
  private final long offset;
  private final CRC32C crc = new CRC32C();
  private int[] blocks = NONE;
  private int blockCount;
  private long position;

  /**
   * @param offset where in the file the bytes begin that will arrive
   */
  VerifyingSink(Ticker ticker, OperationTrace trace, long offset) {
    this.ticker = ticker;
    this.trace = trace;
    this.offset = offset;
    this.position = offset;
  }

  @Override
  public void accept(ByteBuffer frame) {
    long start = ticker.nanoTime();
    int limit = frame.limit();
    while (frame.position() < limit) {
      int leftInBlock = BLOCK_BYTES - (int) (position % BLOCK_BYTES);
      int part = Math.min(leftInBlock, limit - frame.position());
      crc.update(frame.limit(frame.position() + part));
      position += part;
      if (part == leftInBlock) {
        endBlock();
      }
    }
    trace.add(Stage.VERIFY, ticker.nanoTime() - start);
  }

  private void endBlock() {
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(4, 2 * blockCount));
    }
    blocks[blockCount++] = (int) crc.getValue();
    crc.reset();
  }

  /**
   * What differs first from {@code length} bytes of {@code expected}, in one line, or null if
   * nothing does.
   *
   * @param expected the content of the whole file
   */
  String differenceFrom(FileRef file, Content expected, long length) {
    long known = Math.max(0, Math.min(length, expected.size() - offset));
    if (position - offset != known) {
      return "%s: read %d bytes from %d where %d were expected"
          .formatted(file, position - offset, offset, known);
    }
    long start = offset;
    for (int block = 0; start < position; block++) {
      long end = Math.min(position, start + BLOCK_BYTES - start % BLOCK_BYTES);
      int found = block < blockCount ? blocks[block] : (int) crc.getValue();
      int wanted = expected.crc32c(start, end - start);
      if (found != wanted) {
        return "%s: CRC32C %08x where %08x was expected, of %d bytes from %d"
            .formatted(file, found, wanted, end - start, start);
      }
      start = end;
    }
    return null;
  }
}
