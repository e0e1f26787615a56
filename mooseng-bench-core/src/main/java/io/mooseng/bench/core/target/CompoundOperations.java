package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Content;
import io.mooseng.bench.core.workload.Payload;

/** Operations that are several calls of a driver, and compare within their time. */
final class CompoundOperations {

  private static final String TEMPORARY_SUFFIX = ".tmp";

  private final TargetDriver driver;
  private final Ticker ticker;

  CompoundOperations(TargetDriver driver, Ticker ticker) {
    this.driver = driver;
    this.ticker = ticker;
  }

  /** Writes a file under a temporary name, reads it back, and renames it. */
  Target.Operation<FileRef> publication(FileRef parent, String name, Payload payload) {
    return trace -> {
      FileRef temporary = driver.write(parent, name + TEMPORARY_SUFFIX, payload, trace);
      readBack(temporary, payload, trace);
      return driver.rename(temporary, parent, name, trace);
    };
  }

  /** Writes, reads, overwrites, reads and deletes a file. */
  Target.Operation<Boolean> life(FileRef parent, String name, Payload payload, Payload update) {
    return trace -> {
      FileRef file = driver.write(parent, name, payload, trace);
      readBack(file, payload, trace);
      driver.overwrite(file, 0, update, trace);
      readBack(file, update, trace);
      driver.delete(file, trace);
      return Boolean.TRUE;
    };
  }

  /** Reads a file and compares it with what it should hold. */
  void readBack(FileRef file, Content expected, OperationTrace trace) throws OperationException {
    VerifyingSink sink = new VerifyingSink(ticker, trace, 0);
    driver.read(file, sink, trace);
    String difference = sink.differenceFrom(file, expected, expected.size());
    if (difference != null) {
      throw OperationException.light(FailureKind.CORRUPT, difference);
    }
  }
}
