package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.ConcurrentTargetContract;
import io.mooseng.bench.core.target.TargetDriver;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a target over real sockets, each test with a server of its own. */
class GrpcContractTest {

  private MooseNgServer server;

  private TargetDriver open() throws Exception {
    return GrpcDriver.open(server.address(), GrpcOptions.defaults());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** A server that keeps chunks in files. */
  @Nested
  class OnDisk implements ConcurrentTargetContract {

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
      server = MooseNgServer.start(ServerSettings.inDirectory(directory));
    }

    @Override
    public TargetDriver openDriver() throws Exception {
      return open();
    }
  }

  /** A server that keeps chunks in memory, whose calls are served by its event loops. */
  @Nested
  class InMemory implements ConcurrentTargetContract {

    @BeforeEach
    void start() throws IOException {
      server = MooseNgServer.start(ServerSettings.inMemory());
    }

    @Override
    public TargetDriver openDriver() throws Exception {
      return open();
    }
  }
}
