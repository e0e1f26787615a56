package io.mooseng.bench.core.measure;

import io.mooseng.bench.core.model.FailureKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;

/**
 * Records every measured operation of one JVM: success latency in a histogram, failures by kind.
 *
 * <p>Each thread writes into a slot of its own, without locks and, after the first operation of a
 * thread, without allocation. {@link #drain} and {@link #reset} may be called only while no
 * operation is under way; the iteration boundary of JMH, after asynchronous operations were
 * drained, is such a moment.
 */
public final class OperationRecorder {

  /** Latencies above this are recorded as this: one hour, in nanoseconds. */
  public static final long HIGHEST_LATENCY_NANOS = 3_600_000_000_000L;

  /** Relative error of a recorded value is at most 10^-3. */
  public static final int SIGNIFICANT_DIGITS = 3;

  private static final FailureKind[] KINDS = FailureKind.values();
  private static final Stage[] STAGES = Stage.values();

  private final Queue<Slot> slots = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Slot> ownSlot = ThreadLocal.withInitial(this::newSlot);
  private final Map<FailureKind, String> firstMessages = new ConcurrentHashMap<>();

  private Slot newSlot() {
    Slot slot = new Slot();
    slots.add(slot);
    return slot;
  }

  /**
   * Records a success.
   *
   * @param startNanos when the operation was started
   * @param endNanos when its result was complete, on the same clock
   * @param bytes payload moved; 0 if the operation moves none
   */
  public void success(long startNanos, long endNanos, long bytes) {
    ownSlot.get().success(startNanos, endNanos, bytes);
  }

  /** As {@link #success(long, long, long)}, with the stages and round trips of the operation. */
  public void success(long startNanos, long endNanos, long bytes, OperationTrace trace) {
    Slot slot = ownSlot.get();
    slot.success(startNanos, endNanos, bytes);
    slot.trace(trace);
  }

  /** Counts a failure; its time is kept out of the latency histogram. */
  public void failure(long startNanos, long endNanos, FailureKind kind, String message) {
    ownSlot.get().failure(startNanos, endNanos, kind);
    firstMessages.putIfAbsent(kind, message);
  }

  /** Freezes what was recorded since the last drain or reset, and starts anew. */
  public RecordedInterval drain() {
    Histogram latency = newHistogram();
    Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);
    Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    long bytes = 0;
    long roundTrips = 0;
    long firstStart = Long.MAX_VALUE;
    long lastEnd = Long.MIN_VALUE;
    for (Slot slot : slots) {
      latency.add(slot.latency);
      bytes += slot.bytes;
      roundTrips += slot.roundTrips;
      for (FailureKind kind : KINDS) {
        long count = slot.failures[kind.ordinal()];
        if (count > 0) {
          failures.merge(kind, count, Long::sum);
        }
      }
      for (Stage stage : STAGES) {
        Histogram histogram = slot.stages[stage.ordinal()];
        if (histogram != null && histogram.getTotalCount() > 0) {
          stages.computeIfAbsent(stage, s -> newHistogram()).add(histogram);
        }
      }
      if (slot.used()) {
        firstStart = firstStart == Long.MAX_VALUE ? slot.firstStart : earlier(firstStart, slot);
        lastEnd = lastEnd == Long.MIN_VALUE ? slot.lastEnd : later(lastEnd, slot);
      }
    }
    long span = firstStart == Long.MAX_VALUE ? 0 : lastEnd - firstStart;
    Map<FailureKind, String> messages = new LinkedHashMap<>(firstMessages);
    reset();
    return new RecordedInterval(latency, stages, failures, messages, bytes, roundTrips, span);
  }

  // nanoTime values may overflow, so they are compared by difference only (System.nanoTime).
  private static long earlier(long start, Slot slot) {
    return slot.firstStart - start < 0 ? slot.firstStart : start;
  }

  private static long later(long end, Slot slot) {
    return slot.lastEnd - end > 0 ? slot.lastEnd : end;
  }

  /** Forgets what was recorded since the last drain or reset. */
  public void reset() {
    slots.forEach(Slot::clear);
    firstMessages.clear();
  }

  private static Histogram newHistogram() {
    return new Histogram(1, HIGHEST_LATENCY_NANOS, SIGNIFICANT_DIGITS);
  }

  /** What one thread recorded; written by that thread only. */
  private static final class Slot {
    private final Histogram latency = newHistogram();
    private final Histogram[] stages = new Histogram[STAGES.length];
    private final long[] failures = new long[KINDS.length];
    private long failed;
    private long bytes;
    private long roundTrips;
    private long firstStart;
    private long lastEnd;

    void success(long startNanos, long endNanos, long bytesMoved) {
      extendSpan(startNanos, endNanos);
      latency.recordValue(clamp(endNanos - startNanos));
      bytes += bytesMoved;
    }

    void failure(long startNanos, long endNanos, FailureKind kind) {
      extendSpan(startNanos, endNanos);
      failures[kind.ordinal()]++;
      failed++;
    }

    void trace(OperationTrace trace) {
      roundTrips += trace.roundTrips();
      for (int i = 0; i < STAGES.length; i++) {
        long nanos = trace.nanos(STAGES[i]);
        if (nanos > 0) {
          Histogram histogram = stages[i];
          if (histogram == null) {
            histogram = newHistogram();
            stages[i] = histogram;
          }
          histogram.recordValue(clamp(nanos));
        }
      }
    }

    private void extendSpan(long startNanos, long endNanos) {
      if (!used()) {
        firstStart = startNanos;
        lastEnd = endNanos;
        return;
      }
      if (startNanos - firstStart < 0) {
        firstStart = startNanos;
      }
      if (endNanos - lastEnd > 0) {
        lastEnd = endNanos;
      }
    }

    boolean used() {
      return failed > 0 || latency.getTotalCount() > 0;
    }

    void clear() {
      latency.reset();
      for (Histogram histogram : stages) {
        if (histogram != null) {
          histogram.reset();
        }
      }
      java.util.Arrays.fill(failures, 0);
      failed = 0;
      bytes = 0;
      roundTrips = 0;
    }

    private static long clamp(long nanos) {
      return Math.max(0, Math.min(nanos, HIGHEST_LATENCY_NANOS));
    }
  }
}
