package io.mooseng.bench.core.link.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mooseng.bench.core.link.profile.LinkProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinkProofTest {

  private static final LinkProfile PROFILE =
      LinkProfile.symmetric("test", Duration.ofMillis(4), "test");

  @Test
  @Timeout(20)
  void noPingIsFasterThanTheLink() throws IOException {
    MeasuredLink measured = LinkProof.measure(PROFILE, 25);

    assertThat(measured.pings()).isEqualTo(25);
    assertThat(measured.requestedRttNanos()).isEqualTo(4_000_000);
    assertThat(measured.minNanos()).isGreaterThanOrEqualTo(4_000_000);
  }

  @Test
  @Timeout(20)
  void anEmulatedLinkProvesItselfWithoutItsUpstream() throws IOException {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    try (EmulatedLink link = EmulatedLink.open(PROFILE, nobody)) {
      assertThat(link.proof().minNanos()).isGreaterThanOrEqualTo(4_000_000);
      assertThat(link.address().getAddress().isLoopbackAddress()).isTrue();
      assertThat(link.profile()).isEqualTo(PROFILE);
    }
  }

  @Test
  void anUpstreamMustResolve() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EmulatedLink.open(PROFILE, InetSocketAddress.createUnresolved("nowhere", 1)))
        .withMessageStartingWith("the upstream of a link must be an address that resolves");
  }

  @Test
  void percentilesAreByNearestRank() {
    long[] hundred = new long[100];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = hundred.length - i;
    }

    assertThat(MeasuredLink.of(0, hundred)).isEqualTo(new MeasuredLink(0, 100, 1, 50, 99));
    assertThat(MeasuredLink.of(0, new long[] {7})).isEqualTo(new MeasuredLink(0, 1, 7, 7, 7));
  }

  @Test
  void theToleranceIsOneMillisecondOrTwoPercent() {
    assertThat(median(4_000_000, 5_000_000).withinTolerance()).isTrue();
    assertThat(median(4_000_000, 5_000_001).withinTolerance()).isFalse();
    assertThat(median(4_000_000, 2_999_999).withinTolerance()).isFalse();
    assertThat(median(100_000_000, 102_000_000).withinTolerance()).isTrue();
    assertThat(median(100_000_000, 102_000_001).withinTolerance()).isFalse();
  }

  private static MeasuredLink median(long requestedNanos, long p50Nanos) {
    return new MeasuredLink(requestedNanos, 1, p50Nanos, p50Nanos, p50Nanos);
  }
}
