package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.jmh.SessionException;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every method against the real server, over a real socket. */
@Timeout(60)
class NetworkBenchmarksTest {

  private static MooseNgServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MooseNgServer.start(ServerSettings.inMemory());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Map<String, String> parameters(String text) {
    return Stream.of(text.split(" "))
        .filter(pair -> pair.contains("="))
        .map(pair -> pair.split("="))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static BenchmarkTrial trial(Class<?> benchmark, String method, String parameters) {
    return BenchmarkTrial.against(
        "mooseng://" + server.address(), benchmark, method, parameters(parameters));
  }

  private static RecordedInterval run(
      Class<?> benchmark, String method, String parameters, int calls) {
    try (BenchmarkTrial trial = trial(benchmark, method, parameters)) {
      RecordedInterval interval = trial.iterate(calls);
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(calls);
      return interval;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "send, 0B, 0",
    "send, 1KB, 1024",
    "send, 4MB, 4194304",
    "receive, 0B, 0",
    "receive, 1KB, 1024",
    "receive, 4MB, 4194304"
  })
  void unaryCallsCarryTheirBytesInOneRoundTrip(String method, String size, long bytes) {
    RecordedInterval interval = run(UnaryBenchmark.class, method, "messageSize=" + size, 3);
    assertThat(interval.bytes()).isEqualTo(3 * bytes);
    assertThat(interval.roundTrips()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0B, 0", "64KB, 65536"})
  void pingPongCountsTheBytesOfOneWay(String size, long bytes) {
    RecordedInterval interval = run(PingPongBenchmark.class, "pingPong", "messageSize=" + size, 5);
    assertThat(interval.bytes()).isEqualTo(5 * bytes);
  }

  @ParameterizedTest
  @CsvSource({"receive", "send", "exchange"})
  void streamsMoveAllTheirFrames(String method) {
    RecordedInterval interval =
        run(StreamingBenchmark.class, method, "transferSize=1MB frameSize=64KB", 3);
    assertThat(interval.bytes()).isEqualTo(3 << 20);
  }

  @Test
  void aTransferIsWholeFrames() {
    assertThatThrownBy(
            () -> trial(StreamingBenchmark.class, "send", "transferSize=1MB frameSize=3KB"))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("accepted: a multiple of frameSize=3KB");
  }

  @ParameterizedTest
  @CsvSource({"64KB, 65536", "16MB, 16777216", "auto, 8388608"})
  void aStreamIsHeldAgainstItsWindow(String window, long bytes) {
    RecordedInterval interval =
        run(FlowControlBenchmark.class, "receive", "flowControlWindow=" + window, 10);
    assertThat(interval.bytes()).isEqualTo(10 * (256 << 10));
    double rtt = interval.values().get(Quantity.WINDOW_RTT);
    double ceiling = interval.values().get(Quantity.WINDOW_CEILING);
    assertThat(ceiling * rtt / 1e9).isBetween(bytes * 0.999, bytes * 1.001);
    assertThat(interval.values().get(Quantity.WINDOW_SHARE)).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "getFileInfo",
    "listDirectory",
    "createFile",
    "renameFile",
    "setExtendedAttributes",
    "getExtendedAttributes"
  })
  void metadataCallsAreOneRoundTripEach(String method) {
    RecordedInterval interval = run(MetadataRpcBenchmark.class, method, "", 3);
    assertThat(interval.roundTrips()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"callWithoutDeadline", "callWithDeadline", "cancel"})
  void callsWithAndWithoutAnEndAreMade(String method) {
    assertThat(run(DeadlineBenchmark.class, method, "", 3).roundTrips()).isEqualTo(3);
  }

  @Test
  void aDeadlineIsNeverEarly() {
    RecordedInterval interval = run(DeadlineBenchmark.class, "expire", "deadline=5ms", 3);
    assertThat(interval.latencyNanos().getMinValue())
        .isGreaterThan(interval.latencyNanos().lowestEquivalentValue(5_000_000) - 1);
    assertThat(interval.values().get(Quantity.DEADLINE_LATENESS)).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "identity, text, 1.0, 1.0",
    "identity, random, 1.0, 1.0",
    "gzip, text, 0.01, 0.6",
    "gzip, random, 1.0, 1.1"
  })
  void compressionIsSeenOnTheWire(String algorithm, String content, double least, double most) {
    RecordedInterval interval =
        run(
            CompressionBenchmark.class,
            "send",
            "compression=%s content=%s".formatted(algorithm, content),
            3);
    assertThat(interval.values().get(Quantity.WIRE_RATIO)).isBetween(least, most);
    assertThat(interval.bytes()).isEqualTo(3 * (64 << 10));
  }

  @ParameterizedTest
  @CsvSource({"tcp, 1", "tcp, 50", "channels, 1", "channels, 50"})
  void stormsConnectAll(String method, int connections) {
    RecordedInterval interval =
        run(ConnectionStormBenchmark.class, method, "connections=" + connections, 2);
    assertThat(interval.values()).doesNotContainKey(Quantity.CONNECTIONS_FAILED);
  }

  @ParameterizedTest
  @CsvSource({"settingsReceived", "settingsAcknowledged"})
  void settingsComeInOneRoundTrip(String method) {
    assertThat(run(Http2SettingsBenchmark.class, method, "tls=off", 3).roundTrips()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"baseline", "unary", "pingPong"})
  void theControlNeedsNoServer(String method) throws Exception {
    InProcessBenchmark control = new InProcessBenchmark();
    control.messageSize = "64KB";
    control.start();
    try {
      Object answer = InProcessBenchmark.class.getMethod(method).invoke(control);
      assertThat(answer).isNotNull();
    } finally {
      control.stop();
    }
  }

  @Test
  void aTargetWithoutGrpcIsRefusedBeforeItIsMeasured() {
    assertThatThrownBy(
            () ->
                BenchmarkTrial.against(
                    "memory:/", UnaryBenchmark.class, "send", Map.of("messageSize", "0B")))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("is not reached by gRPC");
  }
}
