package io.mooseng.bench.core.workload.trace;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.workload.mix.FileOperation;
import java.time.Instant;
import java.util.Optional;

/** Traces for tests. */
final class Samples {

  static final TraceHeader HEADER =
      new TraceHeader("web-home", -7, 12, Instant.parse("2026-01-31T12:00:00.000000001Z"));

  /** Letters, what JSON escapes, and characters of two, three and four bytes. */
  private static final int[] CHARACTERS =
      "abc/ \"\\\n\u0000\u007fäß€漢\uD83D\uDE80".codePoints().toArray();

  private Samples() {}

  static TracedOperation operation(SeededRandom random) {
    FileOperation operation = FileOperation.values()[(int) random.nextBelow(12)];
    FailureKind[] kinds = FailureKind.values();
    int failure = (int) random.nextBelow(2L * kinds.length);
    return new TracedOperation(
        number(random),
        (int) random.nextBelow(HEADER.clients()),
        operation,
        text(random),
        operation == FileOperation.RENAME ? Optional.of(text(random)) : Optional.empty(),
        number(random),
        number(random),
        number(random),
        failure < kinds.length ? Optional.of(kinds[failure]) : Optional.empty(),
        number(random));
  }

  /** Of any magnitude, 0 often. */
  private static long number(SeededRandom random) {
    return random.nextLong() >>> 1 >>> random.nextBelow(64);
  }

  private static String text(SeededRandom random) {
    StringBuilder text = new StringBuilder("f");
    for (long i = random.nextBelow(20); i > 0; i--) {
      text.appendCodePoint(CHARACTERS[(int) random.nextBelow(CHARACTERS.length)]);
    }
    return text.toString();
  }
}
