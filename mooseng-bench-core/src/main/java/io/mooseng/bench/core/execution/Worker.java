package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.mix.OperationStream;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import java.util.Optional;

/**
 * Performs operations, each as exactly one measured operation of the target under the name of its
 * kind. What is read, and sizes that are told, are compared with what was written after the end was
 * taken. For one thread.
 */
public final class Worker {

  /** Enough for most directories at once; a target may give less. */
  private static final int PAGE_ENTRIES = 1_000;

  private final OperationExecutor files;
  private final Target target;

  // What is known of the operation that is performed.
  private String kind;
  private boolean scheduled;
  private long intendedStartNanos;
  private boolean mayBeLate;

  Worker(OperationExecutor files, Target target) {
    this.files = files;
    this.target = target.tracedBy(new OperationTrace(), this::mark);
  }

  private void mark(OperationTrace own) {
    own.operation(kind);
    if (scheduled) {
      own.intendedStart(intendedStartNanos);
    }
  }

  /**
   * Performs an operation of a closed loop.
   *
   * @return why it failed, if it did
   */
  public Optional<FailureKind> perform(PlannedOperation operation) {
    scheduled = false;
    return performMarked(operation);
  }

  /**
   * Performs an operation of a schedule, which wanted it to start at {@code intendedStart} on the
   * target's clock.
   */
  public Optional<FailureKind> perform(PlannedOperation operation, long intendedStart) {
    scheduled = true;
    intendedStartNanos = intendedStart;
    return performMarked(operation);
  }

  /**
   * Says of the operations from now on whether they came too late for a name when they were
   * recorded. That one does again is no failure: it is counted as {@link
   * io.mooseng.bench.core.model.Quantity#ABORTED}.
   */
  void mayBeLate(boolean late) {
    mayBeLate = late;
  }

  private Optional<FailureKind> performMarked(PlannedOperation operation) {
    kind = operation.operation().label();
    return outcome(operation) instanceof Outcome.Failure<?> failed
        ? Optional.of(failed.kind())
        : Optional.empty();
  }

  private Outcome<?> outcome(PlannedOperation operation) {
    return switch (operation.operation()) {
      case CREATE -> create(operation);
      case WRITE -> write(operation);
      case STAT_PATH -> statPath(operation);
      case STAT_MISSING -> target.statMissing(files.fullPath(operation.path()));
      case LIST -> list(operation);
      default -> onFile(operation);
    };
  }

  private Outcome<?> create(PlannedOperation operation) {
    FileRef parent = files.parentOf(operation.path());
    String name = OperationExecutor.nameOf(operation.path());
    return place(
        operation,
        files.content(operation.fileId(), 0),
        0,
        call -> target.driver().create(parent, name, call));
  }

  private Outcome<?> write(PlannedOperation operation) {
    FileRef parent = files.parentOf(operation.path());
    Payload content = files.content(operation.fileId(), operation.size());
    String name = OperationExecutor.nameOf(operation.path());
    return place(
        operation,
        content,
        content.size(),
        call -> target.driver().write(parent, name, content, call));
  }

  /**
   * Gives a name to a file.
   *
   * @param content of the file when it has the name
   * @param bytes payload that a success moves
   * @param call fails with ALREADY_EXISTS if the name is taken
   */
  private Outcome<?> place(
      PlannedOperation operation, Payload content, long bytes, Target.Operation<FileRef> call) {
    if (mayBeLate) {
      Outcome<Optional<FileRef>> outcome =
          target.transaction(bytes, trace -> unlessTaken(call, trace));
      if (outcome instanceof Outcome.Success<Optional<FileRef>> success) {
        success.value().ifPresent(placed -> put(operation, placed, content));
      }
      return outcome;
    }
    Outcome<FileRef> outcome = target.together(bytes, call);
    if (outcome instanceof Outcome.Success<FileRef> success) {
      put(operation, success.value(), content);
    }
    return outcome;
  }

  private static Optional<FileRef> unlessTaken(Target.Operation<FileRef> call, OperationTrace trace)
      throws OperationException {
    try {
      return Optional.of(call.perform(trace));
    } catch (OperationException e) {
      if (e.kind() == FailureKind.ALREADY_EXISTS) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void put(PlannedOperation operation, FileRef placed, Payload content) {
    files.put(operation.fileId(), new PlacedFile(placed, content));
  }

  private Outcome<?> onFile(PlannedOperation operation) {
    PlacedFile file = files.file(operation.fileId());
    if (file == null) {
      return refused(
          FailureKind.NOT_FOUND, "'%s' was not made, or was lost".formatted(operation.path()));
    }
    if (movesBytesThatAreNotThere(operation, file)) {
      return refused(
          FailureKind.INVALID,
          "'%s' has %d bytes, too few for %d from %d"
              .formatted(
                  operation.path(), file.content().size(), operation.length(), operation.offset()));
    }
    Outcome<?> outcome = on(file, operation);
    if (outcome instanceof Outcome.Failure<?> failure
        && operation.operation().changesFile()
        && !OperationStream.leavesFileAsItWas(failure.kind())) {
      files.forget(operation.fileId());
    }
    return outcome;
  }

  /** Possible only if an earlier operation failed that succeeded when it was recorded. */
  private static boolean movesBytesThatAreNotThere(PlannedOperation operation, PlacedFile file) {
    return switch (operation.operation()) {
      case READ_RANGE, OVERWRITE -> operation.offset() + operation.length() > file.content().size();
      case APPEND -> operation.offset() != file.content().size();
      default -> false;
    };
  }

  private Outcome<?> on(PlacedFile file, PlannedOperation operation) {
    FileRef ref = file.ref();
    Payload content = file.content();
    return switch (operation.operation()) {
      case READ -> target.read(ref, content);
      case READ_RANGE -> target.readRange(ref, operation.offset(), operation.length(), content);
      case OVERWRITE ->
          target.overwrite(
              ref, operation.offset(), content.part(operation.offset(), operation.length()));
      case APPEND -> append(file, operation);
      case STAT ->
          target.checked(
              0,
              call -> target.driver().stat(ref, call),
              info -> difference(operation.path(), info, content.size()));
      case RENAME -> rename(file, operation);
      case DELETE -> delete(file, operation);
      default -> throw new IllegalArgumentException(operation.operation().label());
    };
  }

  private Outcome<?> append(PlacedFile file, PlannedOperation operation) {
    Payload longer = file.content().extendedTo(operation.size());
    Outcome<Boolean> outcome =
        target.append(file.ref(), longer.part(operation.offset(), operation.length()));
    if (outcome.succeeded()) {
      files.put(operation.fileId(), new PlacedFile(file.ref(), longer));
    }
    return outcome;
  }

  private Outcome<?> rename(PlacedFile file, PlannedOperation operation) {
    String to = operation.to().orElseThrow();
    FileRef parent = files.parentOf(to);
    String name = OperationExecutor.nameOf(to);
    return place(
        operation,
        file.content(),
        0,
        call -> target.driver().rename(file.ref(), parent, name, call));
  }

  private Outcome<?> delete(PlacedFile file, PlannedOperation operation) {
    Outcome<Boolean> outcome = target.delete(file.ref());
    if (outcome.succeeded()) {
      files.forget(operation.fileId());
    }
    return outcome;
  }

  private Outcome<?> statPath(PlannedOperation operation) {
    PlacedFile file = files.file(operation.fileId());
    long size = file == null ? operation.size() : file.content().size();
    String path = files.fullPath(operation.path());
    return target.checked(
        0,
        call -> target.driver().statPath(path, call),
        info -> difference(operation.path(), info, size));
  }

  private static Optional<String> difference(String path, FileInfo info, long size) {
    if (info.directory()) {
      return Optional.of("'%s' is a directory".formatted(path));
    }
    return info.size() == size
        ? Optional.empty()
        : Optional.of("'%s' has %d bytes, not %d".formatted(path, info.size(), size));
  }

  private Outcome<?> list(PlannedOperation operation) {
    FileRef directory = files.directory(operation.path());
    if (directory == null) {
      return refused(FailureKind.NOT_FOUND, "'%s' was not made".formatted(operation.path()));
    }
    return target.together(
        0,
        call -> {
          long offset = 0;
          long entries = 0;
          ListPage page;
          do {
            page = target.driver().list(directory, offset, PAGE_ENTRIES, call);
            entries += page.entries().size();
            offset = page.nextOffset();
          } while (page.hasMore());
          return entries;
        });
  }

  /** An operation that cannot be asked of the target is one that failed. */
  private Outcome<?> refused(FailureKind kind, String message) {
    return target.together(
        0,
        call -> {
          throw OperationException.light(kind, message);
        });
  }
}
