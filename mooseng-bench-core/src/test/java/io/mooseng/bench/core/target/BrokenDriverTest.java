package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.assertFails;
import static io.mooseng.bench.core.target.ContractFixture.bytes;
import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.read;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.workload.Payload;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Without faults it keeps the contract; with them it breaks what it was told to, and only that. */
class BrokenDriverTest implements ConcurrentTargetContract {

  private static final Payload PAYLOAD = payload((2 << 20) + 5);

  @Override
  public TargetDriver openDriver() {
    return broken(Faults.NONE);
  }

  private static TargetDriver broken(Faults faults) {
    return new BrokenDriver(new MemoryDriver(), faults);
  }

  @Test
  void failsEveryThirdOperation() throws Exception {
    TargetDriver driver = broken(Faults.NONE.failing(3, FailureKind.TIMEOUT));
    FileRef file = driver.create(driver.root(), "file", trace());
    for (int i = 0; i < 5; i++) {
      driver.stat(file, trace());
      assertFails(FailureKind.TIMEOUT, () -> driver.stat(file, trace()));
      driver.stat(file, trace());
    }
  }

  @Test
  void flipsOneBitOfEverySecondRead() throws Exception {
    int offset = (1 << 20) + 3;
    TargetDriver driver = broken(Faults.NONE.corrupting(2, offset));
    FileRef file = driver.write(driver.root(), "file", PAYLOAD, trace());
    byte[] expected = bytes(PAYLOAD);
    assertThat(read(driver, file)).isEqualTo(expected);
    byte[] damaged = read(driver, file);
    assertThat(Arrays.mismatch(damaged, expected)).isEqualTo(offset);
    damaged[offset] ^= 1;
    assertThat(damaged).isEqualTo(expected);
    assertThat(read(driver, file)).as("the stored file is sound").isEqualTo(expected);
  }

  @Test
  void truncatesAlsoWithoutWaiting() throws Exception {
    int kept = (1 << 20) + 1;
    TargetDriver driver = broken(Faults.NONE.truncating(1, kept));
    FileRef file = driver.write(driver.root(), "file", PAYLOAD, trace());
    ContractFixture.Collector collector = new ContractFixture.Collector();
    driver.readAsync(file, collector, trace()).join();
    assertThat(collector.bytes()).isEqualTo(Arrays.copyOf(bytes(PAYLOAD), kept));
  }

  @Test
  void spendsItsDelay() throws Exception {
    Duration delay = Duration.ofNanos(200_000);
    TargetDriver driver = broken(Faults.NONE.slowedBy(delay));
    FileRef file = driver.create(driver.root(), "file", trace());
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      driver.stat(file, trace());
    }
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(10 * delay.toNanos());
  }
}
