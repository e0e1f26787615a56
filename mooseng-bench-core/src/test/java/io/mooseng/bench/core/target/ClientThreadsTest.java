package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.workload.Payload;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ClientThreadsTest {

  private static final Payload PAYLOAD = payload(10);

  private final OperationRecorder recorder = new OperationRecorder();
  private final MemoryDriver memory = new MemoryDriver();

  /** Writes files of its own, counts how many writes are under way, and in which threads. */
  private final class Writer implements ClientThreads.Client {

    private final Target target;
    private final String name;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Where its first operation meets those of others. */
    private CyclicBarrier first = new CyclicBarrier(1);

    Writer(int number, TargetDriver driver) {
      this.target = new Target(driver, recorder, Ticker.SYSTEM);
      this.name = "c" + number + "-";
    }

    @Override
    public Target target() {
      return target;
    }

    @Override
    public boolean perform() {
      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      threads.add(Thread.currentThread());
      int number = begun.getAndIncrement();
      if (number == 0) {
        meet(first);
      }
      String file = name + number;
      boolean success = target.write(memory.root(), file, PAYLOAD).succeeded();
      underWay.decrementAndGet();
      return success;
    }
  }

  private static void meet(CyclicBarrier all) {
    try {
      all.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("they never met", e);
    }
  }

  private List<Writer> writers(int count, Faults faults) {
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      writers.add(new Writer(i, new BrokenDriver(memory, faults)));
    }
    return writers;
  }

  private static void perform(ClientThreads clients, int operations) throws InterruptedException {
    int left = operations;
    // Again what was withdrawn, should this machine stand still for a while.
    while (left > 0) {
      for (int i = 0; i < left; i++) {
        clients.perform();
      }
      left = clients.drain();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 1", "50, 1", "5, 4", "500, 1"})
  void eachClientHasAThreadForEachOfItsOperations(int count, int inFlight) throws Exception {
    List<Writer> writers = writers(count, Faults.NONE);
    try (ClientThreads clients = new ClientThreads(writers, inFlight)) {
      perform(clients, 2_000);
      assertThat(writers).allMatch(writer -> writer.underWay.get() == 0);
      assertThat(writers).allMatch(writer -> writer.most.get() <= inFlight);
      assertThat(writers).allMatch(writer -> writer.threads.size() <= inFlight);
      assertThat(writers.stream().flatMap(writer -> writer.threads.stream()))
          .as("none shares a thread")
          .doesNotHaveDuplicates()
          .doesNotContain(Thread.currentThread());
      assertThat(Arrays.stream(clients.takeSuccesses()).sum()).isEqualTo(2_000);
      assertThat(clients.takeSuccesses()).hasSize(count).containsOnly(0);
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(2_000);
    assertThat(interval.values().get(Quantity.CONCURRENCY)).isBetween(0.0, count * inFlight + 1e-9);
  }

  /** Each operation waits until as many are under way as there may be. */
  @ParameterizedTest
  @CsvSource({"1, 1", "10, 1", "4, 3", "100, 1"})
  void allTheirOperationsAreUnderWayAtOnce(int count, int inFlight) throws Exception {
    CyclicBarrier all = new CyclicBarrier(count * inFlight);
    Target target = new Target(memory, recorder, Ticker.SYSTEM);
    ClientThreads.Client meeting =
        new ClientThreads.Client() {
          @Override
          public Target target() {
            return target;
          }

          @Override
          public boolean perform() {
            meet(all);
            return true;
          }
        };
    List<ClientThreads.Client> same = Collections.nCopies(count, meeting);
    try (ClientThreads clients = new ClientThreads(same, inFlight)) {
      perform(clients, 3 * count * inFlight);
      assertThat(Arrays.stream(clients.takeSuccesses()).sum()).isEqualTo(3L * count * inFlight);
    }
  }

  /**
   * Time passes only where the client says so: 2 ms before each operation, 1 ms within it. So what
   * comes before is neither recorded nor under way, and nothing else is added.
   */
  @Test
  void onlyTheOperationItselfIsMeasured() throws Exception {
    AtomicLong now = new AtomicLong();
    Target target = new Target(memory, recorder, now::get);
    ClientThreads.Client client =
        new ClientThreads.Client() {
          @Override
          public Target target() {
            return target;
          }

          @Override
          public void prepare() {
            now.addAndGet(2_000_000);
          }

          @Override
          public boolean perform() {
            return target
                .together(
                    10,
                    trace -> {
                      now.addAndGet(1_000_000);
                      return true;
                    })
                .succeeded();
          }
        };
    try (ClientThreads clients = new ClientThreads(List.of(client), 1)) {
      perform(clients, 100);
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(100);
    assertThat(interval.latencyNanos().getMaxValue()).isBetween(999_000L, 1_001_000L);
    // A histogram is exact to a thousandth.
    assertThat(interval.values().get(Quantity.LITTLES_LAW)).isBetween(0.999, 1.001);
    assertThat(interval.values()).containsEntry(Quantity.CONCURRENCY, 100 / (100 + 99 * 2.0));
  }

  @Test
  void aClientThatFailsKeepsNobodyFromGoingOn() throws Exception {
    List<Writer> writers = writers(4, Faults.NONE);
    writers.set(
        2,
        new Writer(2, new BrokenDriver(memory, Faults.NONE.failing(1, FailureKind.UNAVAILABLE))));
    CyclicBarrier allHaveOne = new CyclicBarrier(4);
    writers.forEach(writer -> writer.first = allHaveOne);
    try (ClientThreads clients = new ClientThreads(writers, 1)) {
      perform(clients, 400);
      long[] successes = clients.takeSuccesses();
      assertThat(successes[2]).isZero();
      assertThat(Arrays.stream(successes).sum()).isEqualTo(400 - writers.get(2).begun.get());
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.failures())
        .isEqualTo(Map.of(FailureKind.UNAVAILABLE, (long) writers.get(2).begun.get()));
  }

  /** What is no failure of an operation ends the trial, and nobody waits for ever. */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2"})
  void aDefectIsThrownInTheThreadThatFeedsThem(int count, int inFlight) {
    Target target = new Target(memory, recorder, Ticker.SYSTEM);
    IllegalStateException defect = new IllegalStateException("planted");
    ClientThreads.Client broken =
        new ClientThreads.Client() {
          @Override
          public Target target() {
            return target;
          }

          @Override
          public boolean perform() {
            throw defect;
          }
        };
    List<ClientThreads.Client> same = Collections.nCopies(count, broken);
    try (ClientThreads clients = new ClientThreads(same, inFlight)) {
      assertThatThrownBy(() -> perform(clients, 10_000)).isSameAs(defect);
      assertThatThrownBy(clients::drain).isSameAs(defect);
      assertThatThrownBy(clients::perform).isSameAs(defect);
    }
  }

  @Test
  void closesEveryClientAndEndsItsThreads() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      writers.add(new Writer(i, new BrokenDriver(counting(closed), Faults.NONE)));
    }
    ClientThreads clients = new ClientThreads(writers, 2);
    perform(clients, 400);
    clients.close();
    assertThat(closed).hasValue(40);
    assertThat(writers.stream().flatMap(writer -> writer.threads.stream()))
        .isNotEmpty()
        .allMatch(thread -> !thread.isAlive());
  }

  private TargetDriver counting(AtomicInteger closed) {
    return (TargetDriver)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                closed.incrementAndGet();
                return null;
              }
              return method.invoke(memory, arguments);
            });
  }

  /** An operation that nobody drained is interrupted, and its client closed all the same. */
  @Test
  void closingInterruptsWhatIsUnderWay() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    Target target = new Target(counting(closed), recorder, Ticker.SYSTEM);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ClientThreads.Client stuck =
        new ClientThreads.Client() {
          @Override
          public Target target() {
            return target;
          }

          @Override
          public boolean perform() {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.countDown();
            }
            return false;
          }
        };
    ClientThreads clients = new ClientThreads(List.of(stuck), 1);
    clients.perform();
    begun.await();
    clients.close();
    assertThat(interrupted.getCount()).isZero();
    assertThat(closed).hasValue(1);
  }

  @Test
  void refusesToHaveNothingUnderWay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientThreads(writers(1, Faults.NONE), 0))
        .withMessage("inFlight is 0; accepted: 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientThreads(List.of(), 1))
        .withMessage("no clients; accepted: 1 or more");
  }
}
