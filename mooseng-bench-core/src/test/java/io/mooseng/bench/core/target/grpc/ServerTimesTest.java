package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.wire.ClockDomain;
import io.mooseng.bench.core.wire.ServerTiming;
import io.mooseng.bench.core.workload.Payload;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls split by what the server tells of its own times. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ServerTimesTest {

  private static final FileRef FILE = new Inode(ScriptedServer.INODE);

  @TempDir private Path store;

  private final OperationTrace trace = new OperationTrace();

  private static GrpcDriver open(String address, boolean ask) throws OperationException {
    return GrpcDriver.open(address, GrpcOptions.defaults().withServerTimes(ask));
  }

  /** The calls follow each other, and take no more time than the operation. */
  private void assertSplit() {
    assertThat(trace.implausibleCalls()).isZero();
    assertThat(trace.isSplit()).isTrue();
    assertThat(trace.nanos(Stage.REQUEST)).isPositive();
    assertThat(trace.nanos(Stage.SERVER)).isPositive();
    assertThat(trace.nanos(Stage.ANSWER)).isPositive();
    assertThat(trace.nanos(Stage.REQUEST) + trace.nanos(Stage.SERVER) + trace.nanos(Stage.ANSWER))
        .isLessThanOrEqualTo(trace.stepNanos());
    trace.reset();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ourServerTellsOfEveryCall(boolean inMemory) throws Exception {
    ServerSettings settings =
        inMemory ? ServerSettings.inMemory() : ServerSettings.inDirectory(store);
    Payload payload = Payload.of(1, 2, new ByteSize(3_000_000));
    try (MooseNgServer server = MooseNgServer.start(settings);
        GrpcDriver driver = open("mooseng://" + server.address(), true)) {
      FileRef file = driver.write(driver.root(), "f", payload, trace);
      assertSplit();
      driver.read(file, frame -> frame.position(frame.limit()), trace);
      assertSplit();
      driver.stat(file, trace);
      assertSplit();
    }
  }

  @Test
  void ourServerTellsNobodyWhoDoesNotAsk() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
        GrpcDriver driver = open("mooseng://" + server.address(), false)) {
      driver.stat(driver.root(), trace);
      assertThat(trace.isSplit()).isFalse();
    }
  }

  private void assertNotSplit(ServerTiming told, int implausible) throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        GrpcDriver driver = open(server.address(), true)) {
      server.times = () -> told;
      driver.stat(FILE, trace);
    }
    assertThat(trace.roundTrips()).isEqualTo(1);
    assertThat(trace.isSplit()).isFalse();
    assertThat(trace.implausibleCalls()).isEqualTo(implausible);
    assertThat(trace.nanos(Stage.SERVER)).isZero();
    trace.reset();
  }

  @Test
  void aServerThatSaysNothingIsNotGuessedAbout() throws Exception {
    assertNotSplit(null, 0);
  }

  @Test
  void theClockOfAnotherMachineIsNotCompared() throws Exception {
    long now = System.nanoTime();
    assertNotSplit(new ServerTiming(now, now + 1, "0123456789abcdef"), 0);
  }

  @Test
  void timesThatCannotBeTrueAreCounted() throws Exception {
    String own = ClockDomain.own().orElseThrow();
    long now = System.nanoTime();
    long hour = 3_600_000_000_000L;
    assertNotSplit(new ServerTiming(now - hour, now, own), 1);
    assertNotSplit(new ServerTiming(now + hour, now + hour, own), 1);
    assertNotSplit(new ServerTiming(now + 1, now, own), 1);
  }
}
