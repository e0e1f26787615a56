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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that forgets sessions while connections stay, and one that refuses its client. */
@Timeout(60)
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
    server.forgetSessions();
    assertRefused(driver);
    awaitSuccess(driver);
    assertThat(server.calls).contains("GetFileInfo " + (ScriptedServer.SESSION + 1));
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
    assertThat(driver.sessionsLost()).isEqualTo(1);

    server.forgetSessions();
    awaitSuccess(driver);
    assertThat(driver.sessionsLost()).isEqualTo(2);
  }

  @Test
  void manyOperationsMakeOneSession() {
    server.sessionGate = new CompletableFuture<>();
    server.forgetSessions();
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
    server.sessionGate.complete(null);
    awaitSuccess(driver);
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
    assertThat(driver.sessionsLost()).isEqualTo(1);
  }

  @Test
  void everyClientHasItsOwnToLoseAndTheFirstCountsThem() throws Exception {
    try (TargetDriver other = driver.newClient()) {
      server.forgetSessions();
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
    server.sessionFailure = () -> Status.UNAUTHENTICATED;
    server.forgetSessions();
    long start = System.nanoTime();
    while (server.callsOf("CreateSession") < 3) {
      assertRefused(driver);
    }
    long intervals =
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
            / SessionRecovery.LEAST_MILLIS_AFTER_REFUSAL;
    assertThat(server.callsOf("CreateSession") - 1).isBetween(2L, intervals + 1);
    assertThat(driver.sessionsLost()).isZero();

    server.sessionFailure = () -> null;
    awaitSuccess(driver);
    assertThat(driver.sessionsLost()).isEqualTo(1);
  }

  @Test
  void whatIsConfirmedIsKnown() throws Exception {
    server.forgetSessions();
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
    server.sessionFailure = () -> Status.UNAUTHENTICATED.withDescription("who are you");
    OperationException failure =
        catchThrowableOfType(
            OperationException.class,
            () -> GrpcDriver.open(server.address(), GrpcOptions.defaults()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(failure).hasMessageContaining("who are you");
    assertThat(server.callsOf("CreateSession")).isEqualTo(2);
  }
}
