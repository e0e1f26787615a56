package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.grpc.GrpcDriver;
import io.mooseng.bench.core.target.grpc.GrpcOptions;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A storm on a server that has gone: every connection is counted as failed. */
@Timeout(60)
class StormTest {

  private static OperationException afterTheEnd(Function<GrpcDriver, Storm> storms)
      throws Exception {
    MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
    try (GrpcDriver driver =
        GrpcDriver.open("mooseng://" + server.address(), GrpcOptions.defaults())) {
      server.close();
      try (Storm storm = storms.apply(driver)) {
        OperationException failure = catchThrowableOfType(OperationException.class, storm::connect);
        assertThat(storm.failed()).isEqualTo(7);
        return failure;
      }
    }
  }

  @Test
  void refusedConnectionsAreCounted() throws Exception {
    OperationException failure = afterTheEnd(driver -> new TcpStorm(driver.rpcs(), 7));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("7 of 7 connections").hasMessageContaining("refused");
  }

  @Test
  void refusedChannelsAreCounted() throws Exception {
    OperationException failure = afterTheEnd(driver -> new ChannelStorm(driver.rpcs(), 7));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("7 of 7 channels");
  }
}
