package io.mooseng.bench.core.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.mooseng.bench.core.model.Quantity;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What this JVM used between {@link #start} and {@link #read}: processor time, time in garbage
 * collections, allocation. For one thread.
 *
 * <p>Allocation is the sum over the threads that exist at the end. If one has ended in between,
 * nobody knows what it allocated, and allocation is absent, as is any value the JVM does not tell.
 */
public final class ResourceMeter {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Ticker ticker;
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private Sample begin;

  public ResourceMeter(Ticker ticker) {
    this.ticker = ticker;
    this.begin = sample();
  }

  /** Sums since the JVM started; -1 for what it does not tell. */
  private record Sample(
      long nanos, long cpuNanos, long gcMillis, Map<Long, Long> allocated, long endedThreads) {}

  /** Forgets what was used so far. */
  public void start() {
    begin = sample();
  }

  /** What was used since the last {@link #start}. */
  public Map<Quantity, Double> read() {
    Sample end = sample();
    double seconds = (end.nanos - begin.nanos) / NANOS_PER_SECOND;
    Map<Quantity, Double> used = new EnumMap<>(Quantity.class);
    if (seconds <= 0) {
      return used;
    }
    if (begin.cpuNanos >= 0 && end.cpuNanos >= 0) {
      double cpuSeconds = (end.cpuNanos - begin.cpuNanos) / NANOS_PER_SECOND;
      used.put(Quantity.CPU_UTILISATION, cpuSeconds / seconds);
    }
    used.put(
        Quantity.GC_TIME, (double) TimeUnit.MILLISECONDS.toNanos(end.gcMillis - begin.gcMillis));
    if (!end.allocated.isEmpty() && end.endedThreads == begin.endedThreads) {
      used.put(Quantity.ALLOCATION_RATE, allocatedSince(begin, end) / seconds);
    }
    return used;
  }

  private static double allocatedSince(Sample begin, Sample end) {
    long bytes = 0;
    for (Map.Entry<Long, Long> thread : end.allocated.entrySet()) {
      bytes += thread.getValue() - begin.allocated.getOrDefault(thread.getKey(), 0L);
    }
    return bytes;
  }

  private Sample sample() {
    long gcMillis =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .filter(millis -> millis > 0)
            .sum();
    long ended = threads.getTotalStartedThreadCount() - threads.getThreadCount();
    return new Sample(ticker.nanoTime(), system.getProcessCpuTime(), gcMillis, allocated(), ended);
  }

  private Map<Long, Long> allocated() {
    if (!threads.isThreadAllocatedMemorySupported() || !threads.isThreadAllocatedMemoryEnabled()) {
      return Map.of();
    }
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> byThread = new java.util.HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      // -1: the thread ended in between.
      if (bytes[i] >= 0) {
        byThread.put(ids[i], bytes[i]);
      }
    }
    return byThread;
  }
}
