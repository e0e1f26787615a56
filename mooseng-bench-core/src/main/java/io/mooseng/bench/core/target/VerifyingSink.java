package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.workload.Payload;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Computes the CRC32C of what arrives, timed as stage VERIFY. Used by one operation. */
final class VerifyingSink implements FrameSink {

  private final Ticker ticker;
  private final OperationTrace trace;
  private final CRC32C crc = new CRC32C();
  private long length;

  VerifyingSink(Ticker ticker, OperationTrace trace) {
    this.ticker = ticker;
    this.trace = trace;
  }

  @Override
  public void accept(ByteBuffer frame) {
    long start = ticker.nanoTime();
    length += frame.remaining();
    crc.update(frame);
    trace.add(Stage.VERIFY, ticker.nanoTime() - start);
  }

  /** What differs from {@code expected}, in one line, or null if nothing does. */
  String differenceFrom(Payload expected) {
    if (length != expected.size()) {
      return "read %d bytes where %d were written".formatted(length, expected.size());
    }
    int found = (int) crc.getValue();
    if (found != expected.crc32c()) {
      return "CRC32C %08x where %08x was written, over %d bytes"
          .formatted(found, expected.crc32c(), length);
    }
    return null;
  }
}
