package io.mooseng.bench.network;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
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
 * How long does a TLS 1.3 connection take to set up: from nothing, with a ticket of an earlier one,
 * and when the client must show a certificate as well?
 *
 * <p>An operation is a TCP connect and the handshake, until the client may send: stage {@code
 * connect} is the first, stage {@code tls} the second. The client is that of the JDK, the key of
 * the embedded server is on the curve P-256. After the time is taken, the server's ServerHello must
 * prove that a handshake was full or resumed as its name says, in one round trip, and the server
 * must go on to speak HTTP/2, by which it shows that it has accepted the client; an operation of
 * which that is not true has failed. Making sure and closing are outside of the recorded latency
 * but inside JMH's own score and the throughput.
 *
 * <p>Does not measure what the server still does when the client is done (it verifies the client's
 * certificate then), nor early data (0-RTT), nor gRPC's own TLS. Through a relay, both stages
 * together are those of the link; their split is not.
 */
@Measures(value = OperationKind.CONNECTION, opensConnections = true)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TlsHandshakeBenchmark {

  @Benchmark
  public Outcome<RawConnection> full(ServerOnly server) {
    return handshake(server.tls(), server.tls().client().stranger(), false, false);
  }

  @Benchmark
  public Outcome<RawConnection> resumed(ServerOnly server, Acquainted client) {
    return handshake(server.tls(), client.known, true, false);
  }

  @Benchmark
  public Outcome<RawConnection> mutual(BothSides both) {
    return handshake(both.tls(), both.tls().client().stranger(), false, true);
  }

  private static Outcome<RawConnection> handshake(
      TlsTarget tls, SSLContext client, boolean resumed, boolean mutual) {
    try (RawConnection connection = tls.connection()) {
      return tls.target()
          .confirmed(
              0,
              trace -> {
                connection.connect(trace);
                connection.handshake(client, trace);
                return connection;
              },
              made -> made.confirm(resumed, mutual));
    }
  }

  /** A target that shows a certificate and asks for none. */
  @State(Scope.Benchmark)
  public static class ServerOnly {

    /** Label of the target; the run replaces it by the targets it was given. */
    @Param("embedded")
    public String target;

    /** Who shows a certificate. */
    @Param("server")
    public String tls;

    private TlsTarget open;

    @Setup(Level.Trial)
    public void open() {
      open = TlsTarget.open();
    }

    @TearDown(Level.Trial)
    public void close() {
      open.close();
    }

    TlsTarget tls() {
      return open;
    }
  }

  /**
   * The client of one thread, which has a ticket of the server: each is good for one connection.
   */
  @State(Scope.Thread)
  public static class Acquainted {

    private SSLContext known;

    /** The first handshake is a full one, and brings the ticket of the next. */
    @Setup(Level.Trial)
    public void meet(ServerOnly server) {
      known = server.tls().client().stranger();
      server.tls().session().setUp((driver, trace) -> meet(server.tls(), trace));
    }

    private Boolean meet(TlsTarget server, OperationTrace trace) throws OperationException {
      try (RawConnection first = server.connection()) {
        first.connect(trace);
        first.handshake(known, trace);
        first.confirm(false, false);
        return true;
      }
    }
  }

  /** A target that wants a certificate of the client. */
  @State(Scope.Benchmark)
  public static class BothSides {

    /** Label of the target; the run replaces it by the targets it was given. */
    @Param("embedded")
    public String target;

    /** Who shows a certificate. */
    @Param("mutual")
    public String tls;

    private TlsTarget open;

    @Setup(Level.Trial)
    public void open() {
      open = TlsTarget.open();
    }

    @TearDown(Level.Trial)
    public void close() {
      open.close();
    }

    TlsTarget tls() {
      return open;
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(TlsHandshakeBenchmark.class, args);
  }
}
