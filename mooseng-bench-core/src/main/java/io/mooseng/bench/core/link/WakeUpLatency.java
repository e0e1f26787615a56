package io.mooseng.bench.core.link;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How late a sleeping thread of an emulated link wakes, estimated from its own sleeps until a given
 * time.
 *
 * <p>A thread that carries a link is woken by what arrives and by what is due. Each time the kernel
 * (and a hypervisor, where the processor was halted) takes its time, which would be added to the
 * delay that was asked for: twice a direction. The lateness of timed sleeps can be measured, so the
 * thread gets up earlier by as much; an arrival's cannot, and is taken to be the same.
 *
 * <p>Pure arithmetic on the times given; confined to one thread.
 */
public final class WakeUpLatency {

  /** Of so many sleeps the middle one counts: a busy moment must not shorten the link for long. */
  private static final int KEPT = 31;

  /**
   * More than this is not the way back from sleep, but somebody else on the processor. What crosses
   * a direction of a link is early by this much at most: if what it woke was quicker than usual.
   */
  public static final long LARGEST_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

  /** Sleeps vary; a thread that gets up by so much more time before something is due is on time. */
  private static final int MARGIN = 2;

  private static final int TOO_FEW = 5;

  private final long[] kept = new long[KEPT];
  private int count;
  private long typical;

  /**
   * A sleep ended by itself.
   *
   * @param askedNanos when it was to end
   * @param nowNanos when it did
   */
  public void slept(long askedNanos, long nowNanos) {
    kept[count % KEPT] = Math.min(LARGEST_NANOS, Math.max(0, nowNanos - askedNanos));
    count++;
    int filled = Math.min(count, KEPT);
    if (filled >= TOO_FEW) {
      long[] sorted = Arrays.copyOf(kept, filled);
      Arrays.sort(sorted);
      typical = sorted[filled / 2];
    }
  }

  /** The median lateness of the last sleeps, ns; 0 as long as there were too few. */
  public long typicalNanos() {
    return typical;
  }

  /** How long before something is due a sleep should end, ns. */
  public long leadNanos() {
    return MARGIN * typical;
  }

  /**
   * When that arrived which ended a sleep.
   *
   * @param asleepNanos when the sleep began; nothing that woke it came earlier
   * @param nowNanos when it was over
   */
  public long arrivalNanos(long asleepNanos, long nowNanos) {
    return Math.max(asleepNanos, nowNanos - typical);
  }
}
