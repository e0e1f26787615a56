package io.mooseng.bench.core.recording;

import io.mooseng.bench.core.measure.NotedCall;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.mix.FileOperation;
import java.util.Optional;

/**
 * One call of the driver. Filled in by the thread that makes the call, then read by whoever ends
 * the operation.
 */
final class Noted implements NotedCall {

  private final String what;
  private final Thread thread = Thread.currentThread();
  private FileOperation operation;
  private TargetNode node;
  private Place at;
  private Place to;
  private long size;
  private long offset;
  private long length;
  private long startNanos;
  private Long intendedStartNanos;
  private long endNanos;
  private FailureKind failure;
  private Object client;

  private Noted(String what, FileOperation operation, TargetNode node, Place at, long size) {
    this.what = what;
    this.operation = operation;
    this.node = node;
    this.at = at;
    this.size = size;
  }

  /** A call on what is there. */
  static Noted of(FileOperation operation, TargetNode node) {
    return new Noted(operation.label(), operation, node, node.place(), node.size());
  }

  /** A call that makes a file. */
  static Noted making(FileOperation operation, Place at, long size) {
    return new Noted(operation.label(), operation, null, at, size);
  }

  /** A call that traces have no word for. */
  static Noted unsaid(String what) {
    return new Noted(what, null, null, null, 0);
  }

  /** Which bytes of content it moves. */
  Noted range(long from, long bytes) {
    offset = from;
    length = bytes;
    return this;
  }

  Noted to(Place place) {
    to = place;
    return this;
  }

  void started(Object byClient, long nanos) {
    client = byClient;
    startNanos = nanos;
  }

  void ended(long nanos, FailureKind kind) {
    endNanos = nanos;
    failure = kind;
  }

  /** Whether it is a further page of a listing that {@code first} began. */
  boolean continues(Noted first) {
    return operation == FileOperation.LIST
        && first.operation == operation
        && first.node == node
        && offset > first.offset;
  }

  /** Another call of the driver went on with it. */
  void extendedBy(Noted further) {
    endNanos = further.endNanos;
    offset = further.offset;
    failure = further.failure;
  }

  /** The operation failed, though this call of it did not seem to. */
  void failedAfterAll(FailureKind kind) {
    failure = kind;
  }

  /** A schedule wanted its operation to start at this time of the clock. */
  void intendedStart(long nanos) {
    intendedStartNanos = nanos;
  }

  /** What it was about turned out when it had ended. */
  void turnedOut(TargetNode found) {
    node = found;
    if (size == TargetNode.UNKNOWN) {
      size = found.size();
    }
  }

  /** What its path led to was not known to be there before. */
  void turnedOutThere(Place place) {
    operation = FileOperation.STAT_PATH;
    at = place;
    size = node.size();
  }

  /** It said that nothing is there, as it should. */
  void turnedOutMissing(Place nothing) {
    operation = FileOperation.STAT_MISSING;
    at = nothing;
    failure = null;
  }

  /** In a few words, for people. */
  String what() {
    return what;
  }

  /** Null if traces have no word for it. */
  FileOperation operation() {
    return operation;
  }

  /** What it was about; null if that was not there. */
  TargetNode node() {
    return node;
  }

  /** Where that lay, or was to be made, when the call was made. */
  Place at() {
    return at;
  }

  /** The new place; for rename only. */
  Place to() {
    return to;
  }

  /** In bytes, before the call; of a new file, after it. */
  long size() {
    return size;
  }

  /** Where the content moved begins; of a listing, the entry at which its last page does. */
  long offset() {
    return offset;
  }

  /** Where the content moved begins; 0 if none is moved. */
  long movedFrom() {
    return operation == FileOperation.LIST ? 0 : offset;
  }

  long length() {
    return length;
  }

  long startNanos() {
    return startNanos;
  }

  /** When it was to start; when it did, if nothing else was wanted. */
  long intendedStartNanos() {
    return intendedStartNanos == null ? startNanos : intendedStartNanos;
  }

  long endNanos() {
    return endNanos;
  }

  Optional<FailureKind> failure() {
    return Optional.ofNullable(failure);
  }

  boolean failedAs(FailureKind kind) {
    return failure == kind;
  }

  /** The driver that was asked. */
  Object client() {
    return client;
  }

  /** That asked. */
  Thread thread() {
    return thread;
  }
}
