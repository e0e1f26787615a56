package io.mooseng.bench.multiregion;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.relay.RelayBackend;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegionRoundTripBenchmarkTest {

  private static final int CALLS = 5;

  @ParameterizedTest
  @ValueSource(strings = {"72.7ms", "131.5ms", "178.4ms"})
  void oneCallIsOneRoundTripOfItsLink(String rtt) throws Exception {
    Duration asked = Duration.ofNanos(Math.round(Double.parseDouble(rtt.replace("ms", "")) * 1e6));
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
        EmulatedNetwork network =
            new RelayBackend()
                .open(
                    new LinkRequest(
                        LinkPath.of(LinkProfile.symmetric("test", asked, "this test")),
                        1,
                        "test"));
        BenchmarkTrial trial =
            BenchmarkTrial.against(
                "mooseng://127.0.0.1:"
                    + network.reach(new InetSocketAddress("127.0.0.1", server.port())).getPort(),
                RegionRoundTripBenchmark.class,
                "unaryCall",
                Map.of("rtt", rtt))) {
      RecordedInterval interval = trial.iterate(CALLS);
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(CALLS);
      assertThat(interval.roundTrips()).isEqualTo(CALLS);
      assertThat(interval.bytes()).isZero();
      // The link never delivers early; the histogram keeps three significant digits.
      assertThat(interval.latencyNanos().getMinValue())
          .isGreaterThanOrEqualTo(asked.toNanos() - asked.toNanos() / 1_000);
    }
  }
}
