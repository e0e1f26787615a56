package io.mooseng.bench.core.recording;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.mix.FileOperation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Does what another driver does, and notes every call on the trace that came with it, with its
 * start and end. Whether the call was measured it does not know: notes of set-up go with their
 * trace, but teach where files are and how large. Safe for use by any number of threads.
 *
 * <p>A call takes two looks at the clock and an object longer than without; a listing takes two
 * more objects for each of its entries.
 */
final class RecordingDriver implements TargetDriver {

  private final TargetDriver driver;
  private final TargetNode root;
  private final Ticker ticker;

  /**
   * @param root what was met on the target, by all of its clients
   */
  RecordingDriver(TargetDriver driver, TargetNode root, Ticker ticker) {
    this.driver = driver;
    this.root = root;
    this.ticker = ticker;
  }

  private static RecordedRef own(FileRef ref) {
    if (ref instanceof RecordedRef recorded) {
      return recorded;
    }
    throw new IllegalArgumentException(ref + " was not made by this driver");
  }

  /** A call of the driver that is noted. */
  @FunctionalInterface
  private interface Call<T> {
    T make() throws OperationException;
  }

  private <T> T noted(Noted call, OperationTrace trace, Call<T> driverCall)
      throws OperationException {
    FailureKind failure = FailureKind.INTERNAL;
    call.started(this, ticker.nanoTime());
    try {
      T answer = driverCall.make();
      failure = null;
      return answer;
    } catch (OperationException e) {
      failure = e.kind();
      throw e;
    } finally {
      call.ended(ticker.nanoTime(), failure);
      trace.note(call);
    }
  }

  private <T> CompletableFuture<T> notedLater(
      Noted call, OperationTrace trace, Call<CompletableFuture<T>> driverCall) {
    call.started(this, ticker.nanoTime());
    CompletableFuture<T> answer;
    try {
      answer = driverCall.make();
    } catch (OperationException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete(
        (value, error) -> {
          call.ended(ticker.nanoTime(), error == null ? null : Target.failureOf(error).kind());
          trace.note(call);
        });
  }

  @Override
  public TargetIdentity identity() {
    return driver.identity();
  }

  @Override
  public FileRef root() {
    return new RecordedRef(driver.root(), root);
  }

  @Override
  public FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    RecordedRef in = own(parent);
    Noted call = Noted.unsaid("create-directory");
    FileRef made = noted(call, trace, () -> driver.createDirectory(in.ref(), name, trace));
    return new RecordedRef(made, in.node().makeDirectory(name));
  }

  @Override
  public FileRef create(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    RecordedRef in = own(parent);
    Noted call = Noted.making(FileOperation.CREATE, new Place(in.node(), name), 0);
    return made(call, noted(call, trace, () -> driver.create(in.ref(), name, trace)));
  }

  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    RecordedRef in = own(parent);
    Noted call =
        Noted.making(FileOperation.WRITE, new Place(in.node(), name), payload.size())
            .range(0, payload.size());
    return made(call, noted(call, trace, () -> driver.write(in.ref(), name, payload, trace)));
  }

  private static FileRef made(Noted call, FileRef ref) {
    TargetNode node = call.at().directory().makeFile(call.at().name(), call.size());
    call.turnedOut(node);
    return new RecordedRef(ref, node);
  }

  @Override
  public void overwrite(FileRef file, long offset, Payload payload, OperationTrace trace)
      throws OperationException {
    RecordedRef of = own(file);
    noted(
        Noted.of(FileOperation.OVERWRITE, of.node()).range(offset, payload.size()),
        trace,
        () -> {
          driver.overwrite(of.ref(), offset, payload, trace);
          return null;
        });
  }

  @Override
  public void append(FileRef file, Payload payload, OperationTrace trace)
      throws OperationException {
    RecordedRef of = own(file);
    long before = of.node().size();
    noted(
        Noted.of(FileOperation.APPEND, of.node()).range(before, payload.size()),
        trace,
        () -> {
          driver.append(of.ref(), payload, trace);
          return null;
        });
    of.node().grow(payload.size());
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    RecordedRef of = own(file);
    noted(
        reading(of),
        trace,
        () -> {
          driver.read(of.ref(), sink, trace);
          return null;
        });
  }

  private static Noted reading(RecordedRef file) {
    return Noted.of(FileOperation.READ, file.node()).range(0, file.node().size());
  }

  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    RecordedRef of = own(file);
    return notedLater(reading(of), trace, () -> driver.readAsync(of.ref(), sink, trace));
  }

  @Override
  public void readRange(
      FileRef file, long offset, long length, FrameSink sink, OperationTrace trace)
      throws OperationException {
    RecordedRef of = own(file);
    noted(
        Noted.of(FileOperation.READ_RANGE, of.node()).range(offset, length),
        trace,
        () -> {
          driver.readRange(of.ref(), offset, length, sink, trace);
          return null;
        });
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    RecordedRef of = own(file);
    Noted call = Noted.of(FileOperation.STAT, of.node());
    FileInfo info = noted(call, trace, () -> driver.stat(of.ref(), trace));
    told(call, of.node(), info);
    return info;
  }

  private static void told(Noted call, TargetNode node, FileInfo info) {
    node.told(info);
    call.turnedOut(node);
  }

  @Override
  public CompletableFuture<FileInfo> statAsync(FileRef file, OperationTrace trace) {
    RecordedRef of = own(file);
    Noted call = Noted.of(FileOperation.STAT, of.node());
    return notedLater(
        call,
        trace,
        () ->
            driver
                .statAsync(of.ref(), trace)
                .whenComplete(
                    (info, error) -> {
                      if (error == null) {
                        told(call, of.node(), info);
                      }
                    }));
  }

  @Override
  public FileInfo statPath(String path, OperationTrace trace) throws OperationException {
    Place at = placeOf(path);
    TargetNode known = at.directory().child(at.name());
    Noted call =
        known == null
            ? Noted.making(FileOperation.STAT_MISSING, at, 0)
            : Noted.of(FileOperation.STAT_PATH, known);
    try {
      FileInfo info = noted(call, trace, () -> driver.statPath(path, trace));
      TargetNode found = at.directory().meet(at.name());
      told(call, found, info);
      call.turnedOutThere(at);
      return info;
    } catch (OperationException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        call.turnedOutMissing(at);
      }
      throw e;
    }
  }

  private Place placeOf(String path) {
    List<String> names = List.of(path.split("/", -1));
    TargetNode directory = root;
    for (String name : names.subList(0, names.size() - 1)) {
      directory = directory.meetDirectory(name);
    }
    return new Place(directory, names.get(names.size() - 1));
  }

  @Override
  public void setAttributes(String path, Map<String, byte[]> attributes, OperationTrace trace)
      throws OperationException {
    noted(
        Noted.unsaid("set-attributes"),
        trace,
        () -> {
          driver.setAttributes(path, attributes, trace);
          return null;
        });
  }

  @Override
  public Map<String, byte[]> attributes(String path, OperationTrace trace)
      throws OperationException {
    return noted(Noted.unsaid("attributes"), trace, () -> driver.attributes(path, trace));
  }

  @Override
  public ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException {
    RecordedRef of = own(directory);
    Noted call = Noted.of(FileOperation.LIST, of.node()).range(offset, 0);
    ListPage page = noted(call, trace, () -> driver.list(of.ref(), offset, limit, trace));
    // A page may have thousands of entries, and what is done for each is part of the call.
    ListPage.Entry[] entries = new ListPage.Entry[page.entries().size()];
    int count = 0;
    for (ListPage.Entry entry : page.entries()) {
      RecordedRef ref = new RecordedRef(of.node(), entry);
      entries[count++] = new ListPage.Entry(entry.name(), ref, entry.info());
    }
    return new ListPage(List.of(entries), page.hasMore(), page.nextOffset());
  }

  @Override
  public FileRef find(FileRef directory, String name, OperationTrace trace)
      throws OperationException {
    RecordedRef in = own(directory);
    return new RecordedRef(driver.find(in.ref(), name, trace), in.node().meet(name));
  }

  @Override
  public boolean decidesWhoGetsAName() {
    return driver.decidesWhoGetsAName();
  }

  @Override
  public boolean appliesConnectionSettings() {
    return driver.appliesConnectionSettings();
  }

  @Override
  public long sessionsLost() {
    return driver.sessionsLost();
  }

  @Override
  public void confirmSession() {
    driver.confirmSession();
  }

  @Override
  public boolean sameOwner(FileRef one, FileRef other) throws OperationException {
    return driver.sameOwner(own(one).ref(), own(other).ref());
  }

  @Override
  public FileRef rename(FileRef file, FileRef newParent, String newName, OperationTrace trace)
      throws OperationException {
    RecordedRef of = own(file);
    RecordedRef in = own(newParent);
    Place to = new Place(in.node(), newName);
    FileRef moved =
        noted(
            Noted.of(FileOperation.RENAME, of.node()).to(to),
            trace,
            () -> driver.rename(of.ref(), in.ref(), newName, trace));
    of.node().moveTo(to);
    return new RecordedRef(moved, of.node());
  }

  @Override
  public void delete(FileRef file, OperationTrace trace) throws OperationException {
    RecordedRef of = own(file);
    noted(
        Noted.of(FileOperation.DELETE, of.node()),
        trace,
        () -> {
          driver.delete(of.ref(), trace);
          return null;
        });
    of.node().remove();
  }

  @Override
  public void deleteTree(FileRef directory, OperationTrace trace) throws OperationException {
    RecordedRef of = own(directory);
    noted(
        Noted.unsaid("delete-tree"),
        trace,
        () -> {
          driver.deleteTree(of.ref(), trace);
          return null;
        });
    of.node().remove();
  }

  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) throws OperationException {
    return noted(Noted.unsaid("connect"), trace, () -> driver.connect(depth, trace));
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    driver.await(condition);
  }

  @Override
  public TargetDriver newClient() throws OperationException {
    return new RecordingDriver(driver.newClient(), root, ticker);
  }

  @Override
  public void close() {
    driver.close();
  }
}
