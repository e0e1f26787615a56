package io.mooseng.bench.network;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long is it from nothing to an HTTP/2 connection: until the server's SETTINGS are there, and
 * until it has acknowledged ours?
 *
 * <p>An operation is a TCP connect, a full TLS handshake by the JDK's client where {@code tls} says
 * so, and the first frames of HTTP/2, without gRPC. The client sends its preface as soon as the
 * connection is there. A call can be sent at once as well; that a client waits for SETTINGS is its
 * choice, and gRPC's is to wait.
 *
 * <p>Does not measure a call ({@link ConnectionSetupBenchmark}).
 */
@Measures(value = OperationKind.CONNECTION, opensConnections = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Http2SettingsBenchmark {

  /** Label of the target; the run replaces it by the targets it was given. */
  @Param("embedded")
  public String target;

  /** Who shows a certificate; off: plain text. */
  @Param({"off", "server"})
  public String tls;

  private TargetSession session;
  private RpcAccess rpcs;
  private TlsClient client;

  @Setup(Level.Trial)
  public void open() {
    session = TargetSession.open();
    try {
      rpcs = Rpcs.of(session);
      client = rpcs.tls().isPresent() ? new TlsClient(rpcs.tls().get()) : null;
    } catch (IOException e) {
      session.close();
      throw session.failed(FailureKind.INVALID, e.getMessage());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  @Benchmark
  public Outcome<RawConnection> settingsReceived() {
    return opened(false);
  }

  @Benchmark
  public Outcome<RawConnection> settingsAcknowledged() {
    return opened(true);
  }

  private Outcome<RawConnection> opened(boolean acknowledged) {
    SSLContext stranger = client == null ? null : client.stranger();
    try (RawConnection connection = new RawConnection(rpcs)) {
      return session
          .target()
          .together(
              0,
              trace -> {
                connection.connect(trace);
                if (stranger != null) {
                  connection.handshake(stranger, trace);
                }
                connection.settings(trace);
                if (acknowledged) {
                  connection.settingsAcknowledged(trace);
                }
                return connection;
              });
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(Http2SettingsBenchmark.class, args);
  }
}
