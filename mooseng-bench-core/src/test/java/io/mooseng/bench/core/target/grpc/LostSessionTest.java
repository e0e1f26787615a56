package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * A server that forgets sessions while connections stay, and one that refuses its client. Who waits
 * for a session is not interrupted by the time limit.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LostSessionTest {

  private static final FileRef FILE = new Inode(ScriptedServer.INODE);

  private final OperationTrace trace = new OperationTrace();
  private ScriptedServer server;
  private GrpcDriver driver;

  @BeforeEach
  void open() throws Exception {
    server = new ScriptedServer();
    driver =
        GrpcDriver.open(
            server.address(),
            GrpcOptions.defaults().withConnections(ConnectionSettings.defaults().withRetries(5)));
  }

  @AfterEach
  void close() {
    driver.close();
    server.close();
  }

  private static void assertRefused(TargetDriver client) {
    OperationTrace own = new OperationTrace();
    OperationException failure =
        catchThrowableOfType(OperationException.class, () -> client.stat(FILE, own));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(own.retries()).isZero();
    assertThat(own.roundTrips()).isEqualTo(1);
  }

  /** Until it does; the time limit of the test bounds it. */
  private static void awaitSuccess(TargetDriver client) {
    while (true) {
      try {
        client.stat(FILE, new OperationTrace());
        return;
      } catch (OperationException e) {
        assertThat(e.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
      }
    }
  }

  @Test
  void theOperationFailsAndLaterOnesHaveANewSession() throws Exception {
    driver.stat(FILE, trace);
    server.sessions.forget();
    assertRefused(driver);
    awaitSuccess(driver);
    assertThat(server.calls).contains("GetFileInfo " + (ScriptedServer.SESSION + 1));
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
    assertThat(driver.sessionsLost()).isEqualTo(1);

    server.sessions.forget();
    awaitSuccess(driver);
    assertThat(driver.sessionsLost()).isEqualTo(2);
  }

  @Test
  void manyOperationsMakeOneSession() {
    server.sessions.gate = new CompletableFuture<>();
    server.sessions.forget();
    List<CompletableFuture<?>> stats = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stats.add(driver.statAsync(FILE, new OperationTrace()));
    }
    for (CompletableFuture<?> stat : stats) {
      assertThat(stat.handle((info, failure) -> failure).join())
          .isInstanceOfSatisfying(
              OperationException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED));
    }
    assertRefused(driver); // While the new session is under way, operations do not wait for it.
    server.sessions.gate.complete(null);
    awaitSuccess(driver);
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
    assertThat(driver.sessionsLost()).isEqualTo(1);
  }

  @Test
  void everyClientHasItsOwnToLoseAndTheFirstCountsThem() throws Exception {
    try (TargetDriver other = driver.newClient()) {
      server.sessions.forget();
      awaitSuccess(other);
      assertThat(driver.sessionsLost()).isEqualTo(1);
      awaitSuccess(driver);
      assertThat(driver.sessionsLost()).isEqualTo(2);
    }
  }

  /** The session is known, so that another would be refused as well. */
  @Test
  void aRefusalIsNoLostSession() throws Exception {
    server.statFailure = () -> Status.UNAUTHENTICATED;
    while (server.callsOf("RenewSession") == 0) {
      assertRefused(driver);
    }
    server.statFailure = () -> null;
    driver.stat(FILE, trace); // Answered after the renewal; what that led to is sent ...
    driver.stat(FILE, trace); // ... and received before this one.
    assertThat(server.callsOf("CreateSession")).isEqualTo(1);
    assertThat(driver.sessionsLost()).isZero();
  }

  @Test
  void whoIsRefusedANewSessionAsksNowAndThen() {
    server.sessions.failure = () -> Status.UNAUTHENTICATED;
    server.sessions.forget();
    assertAsksForSessionsNowAndThen();
    assertThat(driver.sessionsLost()).isZero();

    server.sessions.failure = () -> null;
    awaitSuccess(driver);
    assertThat(driver.sessionsLost()).isEqualTo(1);
  }

  /** As where another master answers each call, or one takes no token but to open a session. */
  @Test
  void whoIsRefusedInEveryNewSessionOpensOneNowAndThen() {
    server.statFailure = () -> Status.UNAUTHENTICATED;
    server.sessions.renewalFailure = () -> Status.UNAUTHENTICATED;
    assertAsksForSessionsNowAndThen();
  }

  private void assertAsksForSessionsNowAndThen() {
    long start = System.nanoTime();
    while (server.callsOf("CreateSession") < 4) {
      assertRefused(driver);
    }
    long intervals =
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
            / SessionRecovery.LEAST_MILLIS_AFTER_REFUSAL;
    assertThat(server.callsOf("CreateSession") - 1).isLessThanOrEqualTo(intervals + 1);
  }

  private GrpcDriver open(Duration deadline) throws OperationException {
    return GrpcDriver.open(
        server.address(),
        GrpcOptions.defaults()
            .withConnections(ConnectionSettings.defaults().withDeadline(deadline))
            .withConnectTimeout(Duration.ofSeconds(2)));
  }

  @Test
  void aNewSessionMayTakeLongerThanAnOperation() throws Exception {
    try (GrpcDriver hurried = open(Duration.ofMillis(1))) {
      server.sessions.forget();
      server.sessions.gate =
          new CompletableFuture<Void>().completeOnTimeout(null, 100, TimeUnit.MILLISECONDS);
      hurried.confirmSession();
      assertThat(hurried.sessionsLost()).isEqualTo(1);
    }
  }

  @Test
  void aNewSessionIsNotAwaitedAsLongAsAnOperation() throws Exception {
    try (GrpcDriver patient = open(Duration.ofHours(1))) {
      server.sessions.forget();
      server.sessions.gate = new CompletableFuture<>();
      patient.confirmSession();
      assertThat(patient.sessionsLost()).isZero();

      server.sessions.gate = CompletableFuture.completedFuture(null);
      patient.confirmSession();
      assertThat(patient.sessionsLost()).isEqualTo(1);
    }
  }

  @Test
  void callsThatEndWellWithoutAnAnswerLeadToNothing() {
    server.sessions.mute.add("RenewSession");
    driver.confirmSession();
    assertThat(server.callsOf("CreateSession")).isEqualTo(1);

    server.sessions.mute.add("CreateSession");
    server.sessions.forget();
    driver.confirmSession();
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
    assertThat(driver.sessionsLost()).isZero();

    server.sessions.mute.clear();
    driver.confirmSession();
    assertThat(driver.sessionsLost()).isEqualTo(1);
  }

  @Test
  void whoClosesOpensNoSessionWhereTheOldOneIsBeingAskedFor() throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<Void> confirmed;
    try (GrpcDriver closing = GrpcDriver.open(server.address(), GrpcOptions.defaults())) {
      server.sessions.forget();
      server.sessions.renewalGate = gate;
      confirmed = CompletableFuture.runAsync(closing::confirmSession);
      String call = server.calls.take();
      while (!call.startsWith("RenewSession")) {
        call = server.calls.take();
      }
      server.sessions.closing =
          answer -> {
            gate.complete(null);
            answer.run();
          };
    }
    confirmed.join();
    server.stop();
    assertThat(server.calls).containsExactly("CloseSession " + ScriptedServer.SESSION);
  }

  @Test
  void whoConnectsAgainToCloseOpensNoSession() throws Exception {
    GrpcDriver closing = GrpcDriver.open(server.address(), GrpcOptions.defaults());
    server.stop();
    try (ScriptedServer again = new ScriptedServer(server.port())) {
      again.sessions.forget();
      again.sessions.closing = again::later;
      closing.close();
      again.stop();
      assertThat(again.calls).allMatch(call -> call.startsWith("CloseSession"));
    }
  }

  @Test
  void whatIsConfirmedIsKnown() throws Exception {
    server.sessions.forget();
    driver.confirmSession();
    driver.stat(FILE, trace);
    assertThat(driver.sessionsLost()).isEqualTo(1);

    driver.confirmSession();
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
    assertThat(driver.sessionsLost()).isEqualTo(1);
  }

  @Test
  void withoutAServerNothingIsConfirmedAndNobodyWaits() throws Exception {
    server.stop();
    driver.confirmSession();
    assertThat(driver.sessionsLost()).isZero();
  }

  @Test
  void whoIsRefusedTheFirstSessionIsNotOpened() {
    server.sessions.failure = () -> Status.UNAUTHENTICATED.withDescription("who are you");
    OperationException failure =
        catchThrowableOfType(
            OperationException.class,
            () -> GrpcDriver.open(server.address(), GrpcOptions.defaults()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(failure).hasMessageContaining("who are you");
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
  }
}
