package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.dist.fixture.CarelessBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --network} and {@code --backend}, as a user meets them. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class NetworkIT {

  private static final double RTT_MILLIS = 24;

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  /** Round trips may be 1 ms late: beside other tests they are later. */
  @Tag("alone")
  @Test
  void allTrafficOfClientsIsBehindTheLink() throws IOException, InterruptedException {
    Path profile = directory.resolve("mine.yaml");
    Files.writeString(profile, "name: mine\nsource: this test, 2026-11\nrtt: 24ms\n");

    JarRun run =
        jar.runBriefly("FileReadBenchmark", "-p", "size=1KB", "--network", profile.toString())
            .exited(0);
    assertThat(run.stdout()).contains("mine/relay", "handshake modelled", "cannot claim: ");

    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    JsonNode network = row.path("network");
    assertThat(network.path("profile").asText()).isEqualTo("mine");
    assertThat(network.path("backend").asText()).isEqualTo("relay");
    assertThat(network.path("requested").path("rttMillis").asDouble()).isEqualTo(RTT_MILLIS);
    assertThat(network.path("measured").path("rttMinMillis").asDouble())
        .isGreaterThanOrEqualTo(RTT_MILLIS);
    assertThat(network.path("measured").path("mtuBytes").asInt()).isPositive();
    assertThat(network.path("cannotClaim").toString()).contains("loss: ", "tcp-connect: ");
    // A read asks the master and then the server of the chunk: that one is behind the link, too.
    double p50Millis = row.path("metrics").path("latency.mean").path("value").asDouble() / 1e6;
    double trips = row.path("metrics").path("roundtrips.per.op").path("value").asDouble();
    assertThat(trips).isGreaterThan(1);
    assertThat(p50Millis).isGreaterThanOrEqualTo(trips * RTT_MILLIS * 0.999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--network mars|2|--network mars: accepted: lan, ",
        "--network lossy-mobile --backend relay|2|it does not model loss: no packet is lost on",
        "--network wan-70 --backend magic|2|--backend magic: accepted: auto, relay",
        "--backend relay|2|--backend relay: nothing is emulated",
        "--network wan-70 --mode simulated|2|a model has no link that could be emulated",
        "--network wan-70 --server in-process|2|leaves no room for a link",
      })
  void whatCannotBeIsSaidBeforeAnythingStarts(String options, int exitCode, String message)
      throws IOException, InterruptedException {
    jar.runBriefly(("FileReadBenchmark -p size=1KB " + options).split(" "))
        .exited(exitCode)
        .saidInOneLine(message);
    assertThat(jar.results()).doesNotExist();
  }

  @Test
  void aRowThatTimesAConnectIsRefusedByTheRelay() throws IOException, InterruptedException {
    jar.runBriefly("ConnectionSetupBenchmark.tcpConnect", "--network", "lan", "--backend", "relay")
        .exited(2)
        .saidInOneLine("it times a TCP connect, which backend relay does not model");
  }

  /** The proof that the proof of a link can fail. */
  @Test
  void aLinkThatIsNotWhatWasAskedForFailsTheRow() throws IOException, InterruptedException {
    BenchmarksJar careless = BenchmarksJar.withFixtures(directory);

    careless
        .runBriefly(
            "ConnectionSetupBenchmark.warmCall",
            "--network",
            "wan-70",
            "--backend",
            CarelessBackend.NAME)
        .exited(1)
        .withoutStackTrace();

    JsonNode row = RunFiles.onlyOneIn(careless.results()).onlyRow();
    assertThat(row.path("status").asText()).isEqualTo("failed");
    assertThat(row.path("failure").path("kind").asText()).isEqualTo("conditions-not-met");
    assertThat(row.path("failure").path("message").asText()).contains("round trip", "70");
  }
}
