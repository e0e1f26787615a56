package io.mooseng.bench.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.mooseng.bench.core.model.Quantity;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ResourceMeterTest {

  private static final int BLOCK_BYTES = 1 << 20;
  private static final int BLOCKS = 64;

  private final AtomicLong nanos = new AtomicLong();
  private final ResourceMeter meter = new ResourceMeter(nanos::get);
  private volatile byte[] sink;

  @Test
  void knowsWhatThisThreadAllocated() {
    Map<Quantity, Double> used;
    do {
      meter.start();
      allocate();
      useProcessor();
      nanos.addAndGet(2_000_000_000L);
      used = meter.read();
      // Threads of tests before this one may end just then; they are finite.
    } while (!used.containsKey(Quantity.ALLOCATION_RATE));
    assertThat(used.get(Quantity.ALLOCATION_RATE))
        .as("B/s, over two seconds of the clock")
        .isGreaterThanOrEqualTo(BLOCKS * (double) BLOCK_BYTES / 2);
    assertThat(used.get(Quantity.CPU_UTILISATION)).isPositive();
    assertThat(used.get(Quantity.GC_TIME)).isNotNegative();
  }

  @Test
  void startForgetsWhatWasBefore() {
    Map<Quantity, Double> used;
    do {
      allocate();
      meter.start();
      nanos.addAndGet(1_000_000_000L);
      used = meter.read();
    } while (!used.containsKey(Quantity.ALLOCATION_RATE));
    assertThat(used.get(Quantity.ALLOCATION_RATE)).isLessThan(BLOCKS * (double) BLOCK_BYTES);
  }

  @Test
  void doesNotGuessWhatAThreadAllocatedThatHasEnded() throws InterruptedException {
    meter.start();
    Thread other = new Thread(this::allocate);
    other.start();
    other.join();
    nanos.addAndGet(1_000_000_000L);
    assertThat(meter.read()).doesNotContainKey(Quantity.ALLOCATION_RATE);
  }

  @Test
  void saysNothingOfNoTime() {
    meter.start();
    assertThat(meter.read()).isEmpty();
  }

  /** Until the clock of used processor time, which some kernels advance in ticks, has moved. */
  private static void useProcessor() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = system.getProcessCpuTime();
    while (system.getProcessCpuTime() == before) {
      Thread.onSpinWait();
    }
  }

  private void allocate() {
    for (int i = 0; i < BLOCKS; i++) {
      sink = new byte[BLOCK_BYTES];
    }
    assertThat(sink).hasSize(BLOCK_BYTES);
  }
}
