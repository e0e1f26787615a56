package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.jmh.SessionException;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.process.TlsMaterial;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.TlsSettings;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.target.grpc.GrpcDriver;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with the real server, and what must not pass for one. */
@Timeout(60)
class TlsBenchmarksTest {

  @TempDir static Path directory;

  private static TlsFiles files;
  private static MooseNgServer server;
  private static MooseNgServer suspicious;

  @BeforeAll
  static void start() throws Exception {
    TlsMaterial made = TlsMaterial.create(directory, List.of("dns:localhost", "ip:127.0.0.1"));
    files =
        new TlsFiles(
            Optional.of(made.authority()),
            Optional.of(made.certificate()),
            Optional.of(made.key()));
    server = server(new TlsSettings(made.certificate(), made.key(), Optional.empty()));
    suspicious =
        server(new TlsSettings(made.certificate(), made.key(), Optional.of(made.authority())));
  }

  private static MooseNgServer server(TlsSettings tls) throws Exception {
    return MooseNgServer.start(ServerSettings.inMemory().withTls(tls));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    suspicious.close();
  }

  private static RecordedInterval run(
      MooseNgServer target, Class<?> benchmark, String method, String tls, int calls) {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            "mooseng://" + target.address(), files, benchmark, method, Map.of("tls", tls))) {
      return trial.iterate(calls);
    }
  }

  @ParameterizedTest
  @CsvSource({"full, server", "resumed, server", "mutual, mutual"})
  void everyHandshakeIsProvenToBeWhatItsNameSays(String method, String tls) {
    MooseNgServer target = tls.equals("mutual") ? suspicious : server;
    RecordedInterval interval = run(target, TlsHandshakeBenchmark.class, method, tls, 4);
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(4);
    assertThat(interval.stage(Stage.CONNECT).orElseThrow().getTotalCount()).isEqualTo(4);
    assertThat(interval.stage(Stage.TLS).orElseThrow().getTotalCount()).isEqualTo(4);
  }

  @Test
  void aServerThatAsksForNoCertificateIsNotMutual() {
    RecordedInterval interval = run(server, TlsHandshakeBenchmark.class, "mutual", "mutual", 2);
    assertThat(interval.successes()).isZero();
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.FAILED_PRECONDITION, 2L));
    assertThat(interval.failureMessages().get(FailureKind.FAILED_PRECONDITION))
        .contains("the server did not ask for the client's certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"settingsReceived", "settingsAcknowledged"})
  void settingsComeOverTls(String method) {
    RecordedInterval interval = run(server, Http2SettingsBenchmark.class, method, "server", 3);
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(3);
  }

  @Test
  void callsGoOverTlsAsWell() {
    RecordedInterval interval = run(server, UnaryBenchmark.class, "send", "server", 2);
    assertThat(interval.failureMessages()).isEmpty();
  }

  @Test
  void plainTextIsNoHandshake() throws Exception {
    try (MooseNgServer plain = MooseNgServer.start(ServerSettings.inMemory())) {
      assertThatThrownBy(
              () ->
                  BenchmarkTrial.against(
                      "mooseng://" + plain.address(),
                      TlsHandshakeBenchmark.class,
                      "full",
                      Map.of()))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("reached without TLS");
    }
  }

  /** What a benchmark does, with another expectation. */
  private static OperationException refused(
      RpcAccess rpcs, SSLContext context, boolean resumed, boolean mutual) {
    return catchThrowableOfType(
        OperationException.class,
        () -> {
          try (RawConnection connection = new RawConnection(rpcs)) {
            connection.connect(new OperationTrace());
            connection.handshake(context, new OperationTrace());
            connection.confirm(resumed, mutual);
          }
        });
  }

  @Test
  void aHandshakeOfTheOtherKindIsRefused() throws Exception {
    TargetOptions options = TargetOptions.defaults().withTls(files);
    try (GrpcDriver driver = (GrpcDriver) Targets.open("mooseng://" + server.address(), options)) {
      RpcAccess rpcs = driver.rpcs();
      TlsClient client = new TlsClient(rpcs.tls().orElseThrow());
      assertThat(refused(rpcs, client.stranger(), true, false))
          .hasMessageContaining("not resumed: the server made a full handshake");
      SSLContext known = client.stranger();
      assertThat(refused(rpcs, known, false, false)).isNull();
      assertThat(refused(rpcs, known, false, false))
          .hasMessageContaining("not a full handshake: the server resumed a session");
    }
  }

  @Test
  void aStrangersCertificateIsRefused() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("stranger"));
    TlsMaterial other = TlsMaterial.create(elsewhere, List.of("ip:127.0.0.1"));
    TargetOptions options = TargetOptions.defaults().withTls(files);
    try (GrpcDriver driver = (GrpcDriver) Targets.open("mooseng://" + server.address(), options)) {
      TlsClient deceived =
          new TlsClient(
              new io.mooseng.bench.core.target.grpc.TlsFiles(other.authority(), Optional.empty()));
      OperationException refusal = refused(driver.rpcs(), deceived.stranger(), false, false);
      assertThat(refusal.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
    }
  }
}
