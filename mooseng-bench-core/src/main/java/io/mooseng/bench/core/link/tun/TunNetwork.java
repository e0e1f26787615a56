package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.TestAddresses;
import io.mooseng.bench.core.link.impair.Impairment;
import io.mooseng.bench.core.link.netns.NetworkEnds;
import io.mooseng.bench.core.link.netns.NetworkNamespace;
import io.mooseng.bench.core.link.netns.PacketNetwork;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Two namespaces, each with a TUN device, and the forwarder between these. */
final class TunNetwork extends PacketNetwork {

  static final int MTU = 1500;

  /**
   * Packets, of up to 64 KiB, that wait for the forwarder when it is late; the kernel drops what is
   * beyond, which no profile asked for. The default of 500 is a millisecond's worth of small ones.
   */
  private static final int DEVICE_QUEUE = 10_000;

  private final Offloads offloads;
  private final Way outbound;
  private final Way inbound;
  private final Forwarder forwarder;

  /** A direction, with what is counted of it; the first hop is the one nearest to the sender. */
  private record Way(Route route, List<HopCounters> hops, DeliveryCounters deliveries) {}

  private TunNetwork(
      NetworkEnds ends, Offloads offloads, Way outbound, Way inbound, Forwarder forwarder) {
    super(ends);
    this.offloads = offloads;
    this.outbound = outbound;
    this.inbound = inbound;
    this.forwarder = forwarder;
  }

  /**
   * Makes it.
   *
   * @param droppedOutbound is told the number of each packet that the first link drops on its way
   *     to the server, in the forwarder's thread
   * @throws IOException in one line, if that is not possible; then nothing is left behind
   */
  static TunNetwork open(LinkRequest request, Offloads offloads, LongConsumer droppedOutbound)
      throws IOException {
    NetworkEnds ends = NetworkEnds.open(request.runId());
    List<Port> ports = new ArrayList<>();
    try {
      Port near = port(ends, ends.client(), TestAddresses.CLIENT, offloads);
      ports.add(near);
      Port far = port(ends, ends.server(), TestAddresses.SERVER, offloads);
      ports.add(far);
      Way outbound = way(request, true, near, far, droppedOutbound);
      Way inbound = way(request, false, far, near, number -> {});
      near.add(TestAddresses.number(TestAddresses.SERVER), outbound.route());
      far.add(TestAddresses.number(TestAddresses.CLIENT), inbound.route());
      Forwarder forwarder = new Forwarder(ports, List.of(outbound.route(), inbound.route()));
      return new TunNetwork(ends, offloads, outbound, inbound, forwarder);
    } catch (IOException | RuntimeException e) {
      ports.forEach(Port::close);
      ends.close();
      throw e;
    }
  }

  private static Port port(
      NetworkEnds ends, NetworkNamespace namespace, int node, Offloads offloads)
      throws IOException {
    String name = "mb-" + ends.runId();
    name = name.substring(0, Math.min(name.length(), TunDevice.LONGEST_NAME));
    TunDevice device = TunDevice.open(namespace, name, offloads);
    try {
      namespace.setting("ipv6/conf/" + name + "/disable_ipv6", "1");
      ends.ip()
          .batch(
              List.of("-n", namespace.name()),
              List.of(
                  "link set dev %s mtu %d txqueuelen %d".formatted(name, MTU, DEVICE_QUEUE),
                  "link set dev %s alias mooseng-bench-%s".formatted(name, ends.runId()),
                  "address add %s dev %s".formatted(TestAddresses.withPrefix(node), name),
                  "link set dev %s up".formatted(name)));
      return new Port(device);
    } catch (IOException e) {
      device.close();
      throw e;
    }
  }

  private static Way way(
      LinkRequest request, boolean outbound, Port from, Port to, LongConsumer dropped) {
    List<LinkPath.Hop> path = request.path().hops();
    List<Hop> hops = new ArrayList<>();
    List<HopCounters> counters = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      int index = outbound ? i : path.size() - 1 - i;
      OneWay way =
          outbound ? path.get(index).profile().outbound() : path.get(index).profile().inbound();
      long seed = Impairment.seedOf(request.seed(), index, outbound);
      HopCounters counter = new HopCounters(i == 0 ? dropped : number -> {});
      counters.add(counter);
      hops.add(new Hop(new Impairment(way, seed), from.arena(), counter));
    }
    DeliveryCounters deliveries = new DeliveryCounters();
    return new Way(new Route(to.device(), from.arena(), hops, deliveries), counters, deliveries);
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>(ends().facts());
    facts.put("mtuBytes", MTU);
    facts.put("offloads", offloads.label());
    return facts;
  }

  /** What the links did to packets on their way to the server, the first link first. */
  List<HopCounts> outbound() {
    return outbound.hops().stream().map(HopCounters::counts).toList();
  }

  /** What the links did to packets on their way to the client, the first link first. */
  List<HopCounts> inbound() {
    return inbound.hops().stream().map(HopCounters::counts).toList();
  }

  /** How packets left on their way to the server. */
  DeliveryCounters deliveries() {
    return outbound.deliveries();
  }

  /** How packets left on their way to the client. */
  DeliveryCounters answers() {
    return inbound.deliveries();
  }

  /** How often the forwarder has woken. */
  long turns() {
    return forwarder.turns();
  }

  @Override
  public void close() throws IOException {
    try {
      forwarder.close();
    } finally {
      super.close();
    }
  }
}
