package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a row failed.
 *
 * @param message one line for a person; line breaks become spaces
 */
public record FailureRecord(FailureKind kind, String message) {

  public FailureRecord {
    Frozen.require("failure.kind", kind);
    message = Frozen.requireText("failure.message", message).replaceAll("\\R\\s*", " ").strip();
  }

  /** What an exception says: its kind if it is an operation's, else {@code INTERNAL}. */
  public static FailureRecord of(Throwable thrown) {
    String type = thrown.getClass().getSimpleName();
    String message = thrown.getMessage();
    boolean silent = message == null || message.isBlank();
    if (thrown instanceof OperationException operation) {
      return new FailureRecord(operation.kind(), silent ? type : message);
    }
    return new FailureRecord(FailureKind.INTERNAL, silent ? type : type + ": " + message);
  }

  /**
   * The failure of a row in which some operations failed. Its kind is {@code CORRUPT} if that
   * happened at all, else the most frequent one.
   *
   * @param errors by kind, not empty
   * @param operations attempted, failed ones included
   */
  static FailureRecord ofErrors(Map<FailureKind, Long> errors, long operations) {
    FailureKind kind =
        errors.containsKey(FailureKind.CORRUPT)
            ? FailureKind.CORRUPT
            : errors.entrySet().stream().max(byCount()).orElseThrow().getKey();
    String counts =
        errors.entrySet().stream()
            .map(entry -> entry.getKey().label() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    long total = errors.values().stream().mapToLong(Long::longValue).sum();
    return new FailureRecord(
        kind, total + " of " + operations + " operations failed (" + counts + ")");
  }

  private static Comparator<Map.Entry<FailureKind, Long>> byCount() {
    Comparator<Map.Entry<FailureKind, Long>> byCount = Map.Entry.comparingByValue();
    return byCount.thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));
  }
}
