package io.mooseng.bench.core.link.netem;

import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.impair.Impairment;
import io.mooseng.bench.core.link.netns.NetworkEnds;
import io.mooseng.bench.core.link.netns.NetworkNamespace;
import io.mooseng.bench.core.link.netns.PacketNetwork;
import io.mooseng.bench.core.link.netns.Tool;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Two namespaces and a third between them, in which the kernel emulates the path. */
final class NetemNetwork extends PacketNetwork {

  private static final String MIDDLE = "middle";
  private static final int LONGEST_NAME = 15;

  private final boolean seeded;

  private NetemNetwork(NetworkEnds ends, boolean seeded) {
    super(ends);
    this.seeded = seeded;
  }

  /**
   * Makes it.
   *
   * @param seeded whether netem takes a seed here
   * @throws IOException in one line, if that is not possible; then nothing is left behind
   */
  static NetemNetwork open(LinkRequest request, Tool tc, boolean seeded) throws IOException {
    NetworkEnds ends = NetworkEnds.open(request.runId());
    try {
      String device = "mb-" + ends.runId();
      device = device.substring(0, Math.min(device.length(), LONGEST_NAME));
      Wiring wiring = new Wiring(request.path(), device);
      NetworkNamespace middle = ends.create(MIDDLE);
      middle.setting("ipv6/conf/default/disable_ipv6", "1");
      for (NetworkNamespace end : List.of(ends.client(), ends.server())) {
        end.setting("ipv6/conf/default/disable_ipv6", "1");
      }
      ends.ip()
          .batch(
              List.of("-n", middle.name()),
              wiring.devices(ends.client().name(), ends.server().name()));
      ends.ip().batch(List.of("-n", ends.client().name()), wiring.end(Wiring.CLIENT));
      ends.ip().batch(List.of("-n", ends.server().name()), wiring.end(Wiring.SERVER));
      List<String> conditions =
          wiring.conditions(
              (hop, outbound) ->
                  seeded
                      ? OptionalLong.of(Impairment.seedOf(request.seed(), hop, outbound))
                      : OptionalLong.empty());
      tc.batch(List.of("-n", middle.name()), conditions);
      return new NetemNetwork(ends, seeded);
    } catch (IOException | RuntimeException e) {
      ends.close();
      throw e;
    }
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>(ends().facts());
    facts.put("mtuBytes", Wiring.MTU);
    facts.put("offloads", "none");
    facts.put("seeded", seeded);
    return facts;
  }
}
