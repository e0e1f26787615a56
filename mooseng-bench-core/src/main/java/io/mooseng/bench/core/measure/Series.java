package io.mooseng.bench.core.measure;

/**
 * Names of the times that are kept in histograms of their own, beside the latency of all
 * operations. The name is that of the metrics in result files, without the percentile.
 */
public final class Series {

  /** From the intended start of an operation to its end; only of operations on a schedule. */
  public static final String RESPONSE = "response";

  /** From the intended start of an operation to its start; of failed operations, too. */
  public static final String LAG = "schedule.lag";

  /**
   * Begins the names of times of operations that succeeded only after a call of theirs was made
   * again: {@code retried.stage.back-off}. The same names without it are of the others.
   */
  public static final String RETRIED = "retried.";

  /** Latency of these operations, with their back-off. */
  public static final String RETRIED_LATENCY = RETRIED + "latency";

  private static final String STAGE = "stage.";
  private static final String OPERATION = "op.";

  private Series() {}

  /** Time spent in one part of an operation: {@code stage.first-byte}. */
  public static String of(Stage stage) {
    return STAGE + stage.label();
  }

  /** Latency of one kind of operation in a mix of several: {@code op.read}. */
  public static String ofOperation(String kind) {
    return OPERATION + kind;
  }
}
