package io.mooseng.bench.core.measure;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Records every measured operation of one JVM: success latency in a histogram, failures by kind.
 * Operations that succeeded only after a call of theirs was made again have histograms of their
 * own.
 *
 * <p>Safe for any number of threads. The first threads write into a slot of their own, later ones
 * share them, so that hundreds of client threads do not need hundreds of histograms; a lock that is
 * hardly ever contended guards each slot. After the first operation of a thread nothing is
 * allocated. What is under way while {@link #drain} or {@link #reset} runs is recorded before or
 * after it as a whole; the iteration boundary of JMH, after asynchronous operations were drained,
 * is a moment when nothing is.
 */
public final class OperationRecorder {

  /** Latencies above this are recorded as this: one hour, in nanoseconds. */
  public static final long HIGHEST_LATENCY_NANOS = RecorderSlot.HIGHEST_LATENCY_NANOS;

  /** Relative error of a recorded value is at most 10^-3. */
  public static final int SIGNIFICANT_DIGITS = RecorderSlot.SIGNIFICANT_DIGITS;

  /** Threads that run at the same time should not wait for each other. */
  private static final int SLOTS_PER_PROCESSOR = 4;

  private final List<RecorderSlot> slots =
      Stream.generate(RecorderSlot::new)
          .limit((long) SLOTS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors())
          .toList();

  private final AtomicInteger threads = new AtomicInteger();
  private final ThreadLocal<RecorderSlot> ownSlot = ThreadLocal.withInitial(this::assignSlot);
  private final Map<FailureKind, String> firstMessages = new ConcurrentHashMap<>();
  private final Map<Quantity, Double> values = new ConcurrentHashMap<>();

  private final UnderWay underWay = new UnderWay();

  private RecorderSlot assignSlot() {
    return slots.get(Math.floorMod(threads.getAndIncrement(), slots.size()));
  }

  /**
   * Records a success.
   *
   * @param startNanos when the operation was started
   * @param endNanos when its result was complete, on the same clock
   * @param bytes payload moved; 0 if the operation moves none
   */
  public void success(long startNanos, long endNanos, long bytes) {
    RecorderSlot slot = ownSlot.get();
    synchronized (slot) {
      slot.success(startNanos, endNanos, bytes);
    }
  }

  /** As {@link #success(long, long, long)}, with what else is known of the operation. */
  public void success(long startNanos, long endNanos, long bytes, OperationTrace trace) {
    RecorderSlot slot = ownSlot.get();
    synchronized (slot) {
      slot.success(startNanos, endNanos, bytes, trace);
    }
    trace.ended(startNanos, endNanos);
  }

  /** Counts a failure; its time is kept out of the latency histogram. */
  public void failure(long startNanos, long endNanos, FailureKind kind, String message) {
    RecorderSlot slot = ownSlot.get();
    synchronized (slot) {
      slot.failure(startNanos, endNanos, kind);
    }
    firstMessages.putIfAbsent(kind, message);
  }

  /** As {@link #failure(long, long, FailureKind, String)}; lag and retries count all the same. */
  public void failure(
      long startNanos, long endNanos, FailureKind kind, String message, OperationTrace trace) {
    RecorderSlot slot = ownSlot.get();
    synchronized (slot) {
      slot.failure(startNanos, endNanos, kind, trace);
    }
    trace.ended(startNanos, endNanos);
    firstMessages.putIfAbsent(kind, message);
  }

  /**
   * An operation is under way from now on. Those that are counted in this way give the interval its
   * {@link Quantity#CONCURRENCY}, apart from the times given with success and failure; either all
   * operations of an interval are counted, or none.
   */
  public void began(long nanos) {
    underWay.began(nanos);
  }

  /** An operation that {@link #began} is not under way any more. */
  public void ended(long nanos) {
    underWay.ended(nanos);
  }

  /** Notes a value of the interval, in place of an earlier one. */
  public void note(Quantity quantity, double value) {
    values.put(quantity, value);
  }

  /** Adds to an amount of the interval, which begins at 0. */
  public void add(Quantity quantity, double amount) {
    values.merge(quantity, amount, Double::sum);
  }

  /** Freezes what was recorded since the last drain or reset, and starts anew. */
  public RecordedInterval drain() {
    RecordedInterval interval = frozen(true);
    reset();
    return interval;
  }

  /** What was recorded since the last drain or reset; nothing is forgotten by this. */
  public RecordedInterval soFar() {
    return frozen(false);
  }

  private RecordedInterval frozen(boolean clear) {
    RecorderSlot sum = new RecorderSlot();
    for (RecorderSlot slot : slots) {
      synchronized (slot) {
        sum.add(slot);
        if (clear) {
          slot.clear();
        }
      }
    }
    Map<Quantity, Double> noted = new EnumMap<>(Quantity.class);
    noted.putAll(values);
    if (sum.retries() > 0) {
      noted.put(Quantity.RETRIES, (double) sum.retries());
    }
    sum.coverage().note(noted);
    noteConcurrency(sum, noted);
    Map<FailureKind, String> messages = new LinkedHashMap<>(firstMessages);
    return sum.frozen(messages, noted);
  }

  private void noteConcurrency(RecorderSlot sum, Map<Quantity, Double> noted) {
    UnderWay.Counted counted = underWay.mark();
    if (counted.begun() > 0 && counted.spanNanos() > 0) {
      noted.put(Quantity.CONCURRENCY, counted.nanos() / (double) counted.spanNanos());
      if (sum.residenceNanos() > 0) {
        noted.put(Quantity.LITTLES_LAW, counted.nanos() / sum.residenceNanos());
      }
    }
  }

  /** Forgets what was recorded since the last drain or reset. */
  public void reset() {
    for (RecorderSlot slot : slots) {
      synchronized (slot) {
        slot.clear();
      }
    }
    underWay.mark();
    firstMessages.clear();
    values.clear();
  }
}
