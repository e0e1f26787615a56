package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;
import java.util.List;

/** Operations that are several calls of a driver. */
final class CompoundOperations {

  private static final String TEMPORARY_SUFFIX = ".tmp";

  private final TargetDriver driver;
  private final Ticker ticker;

  CompoundOperations(TargetDriver driver, Ticker ticker) {
    this.driver = driver;
    this.ticker = ticker;
  }

  /** What was read, and what it should be: to be compared when there is time. */
  record ReadBack(FileRef file, VerifyingSink sink, Content expected, long length) {

    /**
     * @throws OperationException of kind CORRUPT if they differ
     */
    void confirm() throws OperationException {
      String difference = sink.differenceFrom(file, expected, length);
      if (difference != null) {
        throw OperationException.light(FailureKind.CORRUPT, difference);
      }
    }
  }

  /** Writes a file under a temporary name, reads it back, and renames it if it is right. */
  Target.Operation<FileRef> publication(FileRef parent, String name, Payload payload) {
    return trace -> {
      FileRef temporary = driver.write(parent, name + TEMPORARY_SUFFIX, payload, trace);
      readBack(temporary, payload, trace).confirm();
      return driver.rename(temporary, parent, name, trace);
    };
  }

  /** Writes, reads, overwrites, reads and deletes a file; answers both reads. */
  Target.Operation<List<ReadBack>> life(
      FileRef parent, String name, Payload payload, Payload update) {
    return trace -> {
      FileRef file = driver.write(parent, name, payload, trace);
      ReadBack first = readBack(file, payload, trace);
      driver.overwrite(file, 0, update, trace);
      ReadBack second = readBack(file, update, trace);
      driver.delete(file, trace);
      return List.of(first, second);
    };
  }

  /** Reads a file. */
  ReadBack readBack(FileRef file, Content expected, OperationTrace trace)
      throws OperationException {
    VerifyingSink sink = new VerifyingSink(ticker, trace, 0);
    driver.read(file, sink, trace);
    return new ReadBack(file, sink, expected, expected.size());
  }

  /** See {@link Target#verify}. */
  void verify(FileRef file, Content expected) throws OperationException {
    if (expected.isCertain()) {
      readBack(file, expected, new OperationTrace()).confirm();
      return;
    }
    // What a change that breaks off leaves unreadable: blocks of checksums are smaller.
    List<Content.Range> known = expected.known(Payload.BLOCK_BYTES);
    if (!known.isEmpty()) {
      requireUpTo(known.get(known.size() - 1).end(), file);
    }
    for (Content.Range range : known) {
      VerifyingSink sink = new VerifyingSink(ticker, new OperationTrace(), range.offset());
      driver.readRange(file, range.offset(), range.length(), sink, new OperationTrace());
      new ReadBack(file, sink, expected, range.length()).confirm();
    }
  }

  private void requireUpTo(long end, FileRef file) throws OperationException {
    long size = driver.stat(file, new OperationTrace()).size();
    if (size < end) {
      throw OperationException.light(
          FailureKind.CORRUPT,
          "%s: has %d bytes where at least %d were written".formatted(file, size, end));
    }
  }
}
