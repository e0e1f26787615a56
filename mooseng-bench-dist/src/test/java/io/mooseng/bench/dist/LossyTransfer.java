package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.link.proof.LinkProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** 8 MiB from a server over 70 ms of which one packet in a hundred is lost. */
record LossyTransfer(LinkBackend backend, String congestionControl) {

  private static final long BYTES = 8 << 20;

  private static final OneWay WAY =
      OneWay.delayed(Duration.ofMillis(35)).with(new Loss.Independent(0.01));

  private static final LinkPath PATH = LinkPath.of(new LinkProfile("test", WAY, WAY, "this test"));

  /** Skips the test where the kernel lacks it. */
  static void needsBbr() throws IOException {
    String known = Files.readString(Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control"));
    assumeTrue(known.contains("bbr"), "needs the congestion control bbr (modprobe tcp_bbr)");
  }

  /** How long it takes, in a network made for it. */
  double seconds(long seed) {
    try (EmulatedNetwork network = backend.open(new LinkRequest(PATH, seed, "lossy"))) {
      // Of the route, in the namespace of the server: nothing else on the machine is changed.
      network.atServer(this::useCongestionControl);
      return LinkProof.transfer(network, BYTES) / 1e9;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Void useCongestionControl() throws Exception {
    String command =
        "set -- $(ip route show 198.18.0.0/24); ip route replace \"$@\" congctl "
            + congestionControl;
    Process process = new ProcessBuilder("sh", "-c", command).inheritIO().start();
    assertThat(process.waitFor()).as(command).isZero();
    return null;
  }
}
