package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Payload;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A driver that is slow, fails, corrupts or truncates as it is told to, over one that does not: to
 * prove that the harness notices. Safe for use by any number of threads; which thread meets the
 * n-th operation is up to them.
 */
public final class BrokenDriver implements TargetDriver {

  private final TargetDriver driver;
  private final Faults faults;
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();

  public BrokenDriver(TargetDriver driver, Faults faults) {
    this.driver = driver;
    this.faults = faults;
  }

  /** Spends the delay, and fails if it is this operation's turn. */
  private void begin() throws OperationException {
    long end = System.nanoTime() + faults.delay().toNanos();
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    if (isTurn(operations.incrementAndGet(), faults.failEvery())) {
      throw OperationException.light(faults.failKind(), "planted failure");
    }
  }

  private static boolean isTurn(long count, int every) {
    return every > 0 && count % every == 0;
  }

  private FrameSink faulty(FrameSink sink) {
    long read = reads.incrementAndGet();
    boolean corrupt = isTurn(read, faults.corruptEvery());
    boolean truncate = isTurn(read, faults.truncateEvery());
    return corrupt || truncate
        ? new FaultySink(
            sink,
            corrupt ? faults.corruptOffset() : -1,
            truncate ? faults.truncateTo() : Long.MAX_VALUE)
        : sink;
  }

  @Override
  public TargetIdentity identity() {
    return driver.identity();
  }

  @Override
  public FileRef root() {
    return driver.root();
  }

  @Override
  public FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    begin();
    return driver.createDirectory(parent, name, trace);
  }

  @Override
  public FileRef create(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    begin();
    return driver.create(parent, name, trace);
  }

  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    begin();
    return driver.write(parent, name, payload, trace);
  }

  @Override
  public void overwrite(FileRef file, long offset, Payload payload, OperationTrace trace)
      throws OperationException {
    begin();
    driver.overwrite(file, offset, payload, trace);
  }

  @Override
  public void append(FileRef file, Payload payload, OperationTrace trace)
      throws OperationException {
    begin();
    driver.append(file, payload, trace);
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    begin();
    driver.read(file, faulty(sink), trace);
  }

  /** Offsets of faults are those within the range. */
  @Override
  public void readRange(
      FileRef file, long offset, long length, FrameSink sink, OperationTrace trace)
      throws OperationException {
    begin();
    driver.readRange(file, offset, length, faulty(sink), trace);
  }

  /** The delay is spent in the calling thread, before the read starts. */
  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    try {
      begin();
    } catch (OperationException e) {
      return CompletableFuture.failedFuture(e);
    }
    return driver.readAsync(file, faulty(sink), trace);
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    begin();
    return driver.stat(file, trace);
  }

  /** The delay is spent in the calling thread, as by {@link #readAsync}. */
  @Override
  public CompletableFuture<FileInfo> statAsync(FileRef file, OperationTrace trace) {
    try {
      begin();
    } catch (OperationException e) {
      return CompletableFuture.failedFuture(e);
    }
    return driver.statAsync(file, trace);
  }

  @Override
  public FileInfo statPath(String path, OperationTrace trace) throws OperationException {
    begin();
    return driver.statPath(path, trace);
  }

  @Override
  public void setAttributes(String path, Map<String, byte[]> attributes, OperationTrace trace)
      throws OperationException {
    begin();
    driver.setAttributes(path, attributes, trace);
  }

  @Override
  public Map<String, byte[]> attributes(String path, OperationTrace trace)
      throws OperationException {
    begin();
    return driver.attributes(path, trace);
  }

  @Override
  public ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException {
    begin();
    return driver.list(directory, offset, limit, trace);
  }

  @Override
  public FileRef find(FileRef directory, String name, OperationTrace trace)
      throws OperationException {
    begin();
    return driver.find(directory, name, trace);
  }

  @Override
  public FileRef rename(FileRef file, FileRef newParent, String newName, OperationTrace trace)
      throws OperationException {
    begin();
    return driver.rename(file, newParent, newName, trace);
  }

  @Override
  public void delete(FileRef file, OperationTrace trace) throws OperationException {
    begin();
    driver.delete(file, trace);
  }

  @Override
  public void deleteTree(FileRef directory, OperationTrace trace) throws OperationException {
    begin();
    driver.deleteTree(directory, trace);
  }

  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) throws OperationException {
    begin();
    return driver.connect(depth, trace);
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    driver.await(condition);
  }

  /** A client with faults, and turns, of its own. */
  @Override
  public TargetDriver newClient() throws OperationException {
    return new BrokenDriver(driver.newClient(), faults);
  }

  @Override
  public void close() {
    driver.close();
  }
}
