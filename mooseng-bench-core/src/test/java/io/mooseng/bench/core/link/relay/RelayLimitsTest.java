package io.mooseng.bench.core.link.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.OneWay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayLimitsTest {

  @Test
  void theRelayRefusesRowsThatTimeAConnect() {
    LinkClaims claims = new RelayBackend().claims();

    claims.require(LinkEffect.DELAY);
    assertThat(claims.stamps()).contains("handshake modelled");
    assertThatThrownBy(() -> claims.require(LinkEffect.TCP_CONNECT))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "backend 'relay' does not model tcp-connect: the local kernel completes the connect at"
                + " once");
    assertThatThrownBy(() -> claims.require(LinkEffect.LOSS)).hasMessageContaining("loss");
  }

  @Test
  void theAllowanceOfALimitedDirectionIsItsDelayAndItsQueue() {
    RelayLimits limits = new RelayLimits(1 << 10, 32 << 20, 64 << 20);
    OneWay way = OneWay.delayed(Duration.ofMillis(50));

    assertThat(limits.allowanceBytes(way)).isEqualTo(32 << 20);
    assertThat(limits.allowanceBytes(way.limitedTo(80_000_000))).isEqualTo(1_500_000);
    assertThat(limits.allowanceBytes(way.limitedTo(1_000))).isEqualTo((64 << 10) + 6);
  }
}
