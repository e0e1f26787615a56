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
  record ReadBack(FileRef file, VerifyingSink sink, Content expected) {

    /**
     * @throws OperationException of kind CORRUPT if they differ
     */
    void confirm() throws OperationException {
      String difference = sink.differenceFrom(file, expected, expected.size());
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
    return new ReadBack(file, sink, expected);
  }
}
