package io.mooseng.bench.core.target.grpc;

import static io.mooseng.bench.core.target.grpc.ScriptedServer.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Series;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the connection settings change, seen from the server. */
@Timeout(60)
class GrpcConnectionsTest {

  private static final FileRef FILE = new Inode(ScriptedServer.INODE);

  private final OperationTrace trace = new OperationTrace();
  private ScriptedServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GrpcDriver open(ConnectionSettings connections) throws OperationException {
    return GrpcDriver.open(server.address(), GrpcOptions.defaults().withConnections(connections));
  }

  private static OperationException failureOf(FailureKind kind, CompletableFuture<?> future) {
    OperationException failure = (OperationException) future.handle((value, error) -> error).join();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    return failure;
  }

  @Test
  void callsAreSpreadOverAllChannels() throws Exception {
    try (GrpcDriver driver = open(ConnectionSettings.defaults().withChannels(5))) {
      for (int i = 0; i < 20; i++) {
        driver.stat(FILE, trace);
      }
      assertThat(server.clientPorts).hasSize(5);
    }
  }

  @Test
  void everyClientHasItsOwnConnectionAndSessionButNoThreads() throws Exception {
    try (GrpcDriver driver = open(ConnectionSettings.defaults())) {
      List<TargetDriver> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(driver.newClient());
      }
      for (TargetDriver client : clients) {
        client.stat(FILE, trace);
      }
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("mooseng-client"))
              .count();
      assertThat(threads).isBetween(1L, (long) Runtime.getRuntime().availableProcessors());
      assertThat(server.calls.stream().filter("CreateSession"::equals)).hasSize(21);
      assertThat(server.clientPorts).hasSize(21);
      clients.forEach(TargetDriver::close);
      driver.stat(FILE, trace);
    }
  }

  @Test
  void beyondTheStreamsCallsWaitAndSaySo() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.readAnswer =
        observer -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          server.later(
              () -> {
                underWay.decrementAndGet();
                observer.onNext(frame(0, 10));
                observer.onCompleted();
              });
        };
    ConnectionSettings narrow =
        ConnectionSettings.defaults().withChannels(2).withStreamsPerChannel(OptionalInt.of(3));
    try (GrpcDriver driver = open(narrow)) {
      List<OperationTrace> traces = new ArrayList<>();
      List<CompletableFuture<Void>> reads = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        traces.add(new OperationTrace());
        reads.add(driver.readAsync(FILE, data -> data.position(data.limit()), traces.get(i)));
      }
      CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).join();
      assertThat(most.get()).isBetween(1, 6);
      assertThat(traces.stream().filter(t -> t.nanos(Stage.QUEUE) > 0).count()).isPositive();
      assertThat(traces.get(0).nanos(Stage.QUEUE)).isLessThan(traces.get(59).nanos(Stage.QUEUE));
    }
  }

  @Test
  void whatWaitsForAStreamEndsWithTheClient() throws Exception {
    server.readAnswer = observer -> {};
    GrpcDriver driver =
        open(ConnectionSettings.defaults().withStreamsPerChannel(OptionalInt.of(1)));
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(driver.readAsync(FILE, data -> {}, new OperationTrace()));
    }
    driver.close();
    waiting.forEach(call -> failureOf(FailureKind.UNAVAILABLE, call));
  }

  @Test
  void readsAreRetriedAndCounted() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    server.statFailure = () -> attempts.incrementAndGet() <= 2 ? Status.UNAVAILABLE : null;
    try (GrpcDriver driver = open(ConnectionSettings.defaults().withRetries(2))) {
      driver.stat(FILE, trace);
      assertThat(trace.retries()).isEqualTo(2);
      assertThat(trace.retries(FailureKind.UNAVAILABLE)).isEqualTo(2);
      assertThat(trace.nanos(Stage.BACK_OFF)).isPositive();
      assertThat(trace.roundTrips()).isEqualTo(3);
      attempts.set(-1);
      OperationException failure =
          catchThrowableOfType(
              OperationException.class, () -> driver.stat(FILE, new OperationTrace()));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }
  }

  @Test
  void theBackOffIsAsLongAsAsked() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    server.statFailure = () -> attempts.incrementAndGet() == 1 ? Status.UNAVAILABLE : null;
    ConnectionSettings slow =
        ConnectionSettings.defaults().withRetries(1).withBackOff(Duration.ofMillis(100));
    try (GrpcDriver driver = open(slow)) {
      driver.stat(FILE, trace);
    }
    assertThat(trace.nanos(Stage.BACK_OFF)).as("less a fifth at most").isGreaterThan(79_000_000);
  }

  /** Every third answer is a failure, so every second operation needs two calls. */
  @Test
  void whatWasRetriedIsInNoLatencyOfTheOthers() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    server.statFailure = () -> attempts.incrementAndGet() % 3 == 0 ? Status.UNAVAILABLE : null;
    OperationRecorder recorder = new OperationRecorder();
    try (Target target =
        new Target(open(ConnectionSettings.defaults().withRetries(1)), recorder, Ticker.SYSTEM)) {
      for (int i = 0; i < 20; i++) {
        target.stat(FILE).orElseThrow();
      }
    }
    RecordedInterval interval = recorder.drain();
    Histogram retried = interval.seriesNanos().get(Series.RETRIED_LATENCY);
    Histogram backOff = interval.seriesNanos().get("retried.stage.back-off");
    assertThat(interval.successes()).isEqualTo(20);
    assertThat(interval.retries()).isEqualTo(Map.of(FailureKind.UNAVAILABLE, 9L));
    assertThat(interval.latencyNanos().getTotalCount()).isEqualTo(11);
    assertThat(retried.getTotalCount()).isEqualTo(9);
    assertThat(backOff.getTotalCount()).isEqualTo(9);
    assertThat(retried.getMinValue()).as("a back-off at least").isGreaterThan(7_900_000);
    assertThat(interval.seriesNanos())
        .as("no back-off is part of an operation that needed one call")
        .doesNotContainKey(Series.of(Stage.BACK_OFF));
  }

  @Test
  void aReadThatBreaksOffGoesOnWhereItEnded() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    server.readAnswer =
        observer -> {
          if (attempts.incrementAndGet() == 1) {
            observer.onNext(frame(0, 4));
            observer.onError(Status.UNAVAILABLE.asException());
          } else {
            observer.onNext(frame(4, 6));
            observer.onCompleted();
          }
        };
    AtomicLong received = new AtomicLong();
    try (GrpcDriver driver = open(ConnectionSettings.defaults().withRetries(1))) {
      driver.read(FILE, data -> received.addAndGet(data.remaining()), trace);
    }
    assertThat(received).hasValue(10);
    assertThat(trace.retries()).isEqualTo(1);
  }

  @Test
  void changesAndOtherFailuresAreNeverRetried() throws Exception {
    server.deleteAnswer = observer -> observer.onError(Status.UNAVAILABLE.asException());
    server.statFailure = () -> Status.ABORTED;
    try (GrpcDriver driver = open(ConnectionSettings.defaults().withRetries(5))) {
      catchThrowableOfType(OperationException.class, () -> driver.delete(FILE, trace));
      catchThrowableOfType(OperationException.class, () -> driver.stat(FILE, trace));
    }
    assertThat(trace.retries()).isZero();
    assertThat(server.calls.stream().filter(call -> call.startsWith("DeleteFile"))).hasSize(1);
  }
}
