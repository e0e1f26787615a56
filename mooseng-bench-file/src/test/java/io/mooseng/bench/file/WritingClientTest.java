package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ClientThreads;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.workload.Payload;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one client leaves on its target, and what it does where that refuses. */
@Timeout(60)
class WritingClientTest {

  private static final Payload PAYLOAD = Payload.of(1, 0, ByteSize.parse("10B"));

  private final OperationRecorder recorder = new OperationRecorder();

  private WritingClient client(String uri, int mostFiles) throws OperationException {
    return client(Targets.open(uri, TargetOptions.defaults()), mostFiles);
  }

  private WritingClient client(TargetDriver driver, int mostFiles) throws OperationException {
    WritingClient client =
        new WritingClient(new Target(driver, recorder, Ticker.SYSTEM), PAYLOAD, mostFiles);
    client.begin(driver.root(), "c");
    return client;
  }

  private RecordedInterval write(WritingClient client, int inFlight, int files) throws Exception {
    ClientThreads threads = new ClientThreads(List.of(client), inFlight);
    try (threads) {
      for (int i = 0; i < files; i++) {
        threads.perform();
      }
      threads.drain();
    }
    return recorder.drain();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "8, 3", "50, 4"})
  void hasNoMoreFilesThanItMay(int mostFiles, int inFlight) throws Exception {
    WritingClient client = client(WatchedFiles.URI, mostFiles);
    RecordedInterval interval = write(client, inFlight, 300);
    assertThat(interval.successes()).isEqualTo(300);
    assertThat(WatchedFiles.mostFiles()).isBetween(1, mostFiles);
    assertThat(WatchedFiles.removers()).hasSize(300 - mostFiles);
    assertThat(client.unremoved()).isZero();
    client.verifyNewest();
  }

  /** Not a failure of the trial, nor of an operation: the server may be away for a while. */
  @Test
  void goesOnWhereNothingCanBeRemoved() throws Exception {
    WritingClient client = client(WatchedFiles.FAILING_URI, 2);
    RecordedInterval interval = write(client, 2, 100);
    assertThat(interval.successes()).isEqualTo(50);
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.UNAVAILABLE, 50L));
    assertThat(client.unremoved()).isPositive().isEqualTo(WatchedFiles.removers().size());
    client.end();
    assertThat(client.unremoved()).isZero();
  }

  /** What is not measured asks again in a new session. */
  @Test
  void aLostSessionIsMadeAnew() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    TargetDriver memory = Targets.open("memory:/", TargetOptions.defaults());
    WritingClient client = client(forgetful(memory, lost), 1);
    assertThat(lost).as("for its directory").hasValue(1);
    write(client, 1, 3);
    assertThat(lost).as("for two files it removed").hasValue(3);
    client.verifyNewest();
    assertThat(lost).as("for reading").hasValueGreaterThanOrEqualTo(4);
    assertThat(
            memory
                .list(
                    memory.find(memory.root(), "c", new OperationTrace()),
                    0,
                    10,
                    new OperationTrace())
                .names())
        .containsExactly("f2");
  }

  @Test
  void aRefusalThatLastsIsTold() throws Exception {
    TargetDriver memory = Targets.open("memory:/", TargetOptions.defaults());
    memory.createDirectory(memory.root(), "c", new OperationTrace());
    assertThatThrownBy(() -> client(memory, 1))
        .isInstanceOfSatisfying(
            OperationException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
  }

  /** Has forgotten its session before each of these calls; counts how often it was made anew. */
  private static TargetDriver forgetful(TargetDriver driver, AtomicInteger lost) {
    Set<String> forgetting = Set.of("createDirectory", "delete", "read");
    boolean[] known = {false};
    return (TargetDriver)
        Proxy.newProxyInstance(
            TargetDriver.class.getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("confirmSession")) {
                lost.incrementAndGet();
                known[0] = true;
                return null;
              }
              if (forgetting.contains(method.getName())) {
                if (!known[0]) {
                  throw OperationException.light(FailureKind.UNAUTHENTICATED, "who are you");
                }
                known[0] = false;
              }
              try {
                return method.invoke(driver, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
