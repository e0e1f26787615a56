package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.ClientThreads;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.Payload;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that writes new files, all of the same content, into a directory of its own. Safe for
 * use by any number of threads, but between iterations, when it is for one.
 */
final class WritingClient implements ClientThreads.Client {

  private final TargetSession session;
  private final Target target;
  private final Payload payload;
  private final KeptFiles kept;
  private final AtomicLong named = new AtomicLong();
  private volatile FileRef directory;

  /**
   * @param session removes what is too much
   * @param target its connection; closed by who opened it
   * @param payload what each of its files holds
   * @param mostFiles that it leaves on the target at once, but for one more for each thread
   */
  WritingClient(TargetSession session, Target target, Payload payload, int mostFiles) {
    this.session = session;
    this.target = target;
    this.payload = payload;
    this.kept = new KeptFiles(mostFiles);
  }

  /**
   * Makes the directory for an iteration.
   *
   * @throws io.mooseng.bench.core.jmh.SessionException if the target fails
   */
  void begin(FileRef parent, String name) {
    session.prepare(
        () -> directory = target.driver().createDirectory(parent, name, new OperationTrace()));
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public void prepare() {
    kept.makeRoom(session);
  }

  @Override
  public boolean perform() {
    Outcome<FileRef> outcome = target.write(directory, "f" + named.getAndIncrement(), payload);
    if (outcome instanceof Outcome.Success<FileRef> success) {
      kept.keep(success.value());
    }
    return outcome.succeeded();
  }

  /**
   * Reads what it has written last in this iteration and compares it, without measuring anything.
   *
   * @throws io.mooseng.bench.core.jmh.SessionException if the file does not hold what was written
   */
  void verifyNewest() {
    kept.newest().ifPresent(file -> session.prepare(() -> target.verify(file, payload)));
  }

  /** Forgets the files of an iteration, which somebody else removes. */
  void end() {
    kept.clear();
  }
}
