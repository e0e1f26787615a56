package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mooseng.bench.core.link.ChosenNetwork;
import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.Obstacle;
import io.mooseng.bench.core.link.WakeUpLatency;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.relay.RelayBackend;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.plan.LinkChoice;
import io.mooseng.bench.core.result.NetworkRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkInFrontTest {

  private static final LinkPath ASKED = LinkChoice.pathOf(Duration.ofMillis(20));
  private static final RelayBackend RELAY = new RelayBackend();

  /** What crosses a direction may be early by so much. */
  private static final double EARLY_MILLIS = WakeUpLatency.LARGEST_NANOS / 1e6;

  @Test
  void theRecordSaysWhatWasAskedAndMeasuredAndWhatCannotBeClaimed() throws Exception {
    try (LinkInFront link = LinkInFront.open(new ChosenNetwork(ASKED, RELAY), 1, "run")) {
      assertThat(link.serverStart()).isEqualTo(ServerStart.LOCAL);
      link.prove();
      NetworkRecord network = link.record();

      assertThat(network.profile()).isEqualTo("rtt-20ms");
      assertThat(network.label()).isEqualTo("rtt-20ms/relay");
      assertThat(network.requested())
          .containsEntry("rttMillis", 20L)
          .containsEntry("outbound", "delay 10ms")
          .containsKey("source");
      assertThat(((Number) network.measured().get("rttMinMillis")).doubleValue())
          .isGreaterThanOrEqualTo(20 - 2 * EARLY_MILLIS);
      assertThat(network.claims()).contains("handshake modelled");
      assertThat(network.cannotClaim()).anyMatch(line -> line.startsWith("loss: "));
    }
  }

  @Test
  void aWrongLinkIsNoticed() throws Exception {
    Wrong wrong = new Wrong();
    try (LinkInFront link = LinkInFront.open(new ChosenNetwork(ASKED, wrong), 1, "run")) {
      List<String> deviations = link.prove();

      assertThat(deviations).isNotEmpty();
      assertThat(deviations.get(0)).endsWith(" where 20.00 ms was asked for");
      assertThat(link.record().measured()).as("what it is instead").containsKey("rttP50Millis");
    }
  }

  @Test
  void aNetworkThatCannotBeMadeIsACondition() {
    Wrong broken = new Wrong();
    broken.fails = true;
    assertThatExceptionOfType(OperationException.class)
        .isThrownBy(() -> LinkInFront.open(new ChosenNetwork(ASKED, broken), 1, "run"))
        .withMessage("no emulated link: out of luck")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONDITIONS_NOT_MET));
  }

  /** A relay that delays three times as long as it is asked to. */
  private static final class Wrong implements LinkBackend {

    private boolean fails;

    @Override
    public String name() {
      return RELAY.name();
    }

    @Override
    public String description() {
      return "wrong";
    }

    @Override
    public LinkClaims claims() {
      return RELAY.claims();
    }

    @Override
    public boolean reachesAnyServer() {
      return true;
    }

    @Override
    public Optional<Obstacle> obstacle() {
      return Optional.empty();
    }

    @Override
    public EmulatedNetwork open(LinkRequest request) throws IOException {
      if (fails) {
        throw new IOException("out of luck");
      }
      LinkPath longer = LinkChoice.pathOf(request.path().rtt().multipliedBy(3));
      return RELAY.open(new LinkRequest(longer, request.seed(), request.runId()));
    }
  }
}
