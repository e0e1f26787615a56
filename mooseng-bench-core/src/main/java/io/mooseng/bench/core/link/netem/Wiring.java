package io.mooseng.bench.core.link.netem;

import io.mooseng.bench.core.link.TestAddresses;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.OneWay;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The devices of a path and what is done with them, as commands for {@code ip -batch} and {@code tc
 * -batch}. Pure.
 *
 * <pre>
 * client ──0── bridge 0 ──1── bridge 1 ──2── … server
 * </pre>
 *
 * <p>A link has two bridges. Towards the server, the wire between them has the rate at its near end
 * and the wire behind them all the rest; towards the client likewise.
 */
final class Wiring {

  static final int CLIENT = TestAddresses.CLIENT;
  static final int SERVER = TestAddresses.SERVER;
  static final int MTU = 1500;

  private final LinkPath path;
  private final String endDevice;

  /**
   * @param endDevice name of the interface of both ends
   */
  Wiring(LinkPath path, String endDevice) {
    this.path = path;
    this.endDevice = endDevice;
  }

  private int bridges() {
    return 2 * path.hops().size();
  }

  /** Devices, for the namespace in the middle; two of them are made in those of the ends. */
  List<String> devices(String clientNamespace, String serverNamespace) {
    List<String> commands = new ArrayList<>();
    for (int bridge = 0; bridge < bridges(); bridge++) {
      commands.add("link add b%d type bridge stp_state 0 mcast_snooping 0".formatted(bridge));
      commands.add("link set dev b%d up".formatted(bridge));
    }
    for (int wire = 0; wire <= bridges(); wire++) {
      commands.add(wire(wire, clientNamespace, serverNamespace));
      if (wire > 0) {
        commands.add("link set dev %s mtu %d master b%d up".formatted(near(wire), MTU, wire - 1));
      }
      if (wire < bridges()) {
        commands.add("link set dev %s mtu %d master b%d up".formatted(far(wire), MTU, wire));
      }
    }
    return commands;
  }

  private String wire(int wire, String clientNamespace, String serverNamespace) {
    if (wire == 0) {
      return "link add %s type veth peer name %s address %s netns %s"
          .formatted(far(0), endDevice, mac(CLIENT), clientNamespace);
    }
    if (wire == bridges()) {
      return "link add %s type veth peer name %s address %s netns %s"
          .formatted(near(wire), endDevice, mac(SERVER), serverNamespace);
    }
    return "link add %s type veth peer name %s".formatted(near(wire), far(wire));
  }

  /** The end of a wire that is nearer to the client. */
  private static String near(int wire) {
    return "w%dn".formatted(wire);
  }

  /** The end of a wire that is nearer to the server. */
  private static String far(int wire) {
    return "w%df".formatted(wire);
  }

  /**
   * The interface of an end. It sends packets of the size of the MTU, not longer ones to be cut
   * later: netem would lose, delay and count those as one. Nobody is asked for addresses of
   * hardware: the question could be lost.
   */
  List<String> end(int node) {
    int other = node == CLIENT ? SERVER : CLIENT;
    return List.of(
        "link set dev %s mtu %d gso_max_segs 1".formatted(endDevice, MTU),
        "address add %s dev %s".formatted(TestAddresses.withPrefix(node), endDevice),
        "link set dev %s up".formatted(endDevice),
        "neighbour add %s lladdr %s dev %s nud permanent"
            .formatted(TestAddresses.of(other).getHostAddress(), mac(other), endDevice));
  }

  /** A locally administered address. */
  private static String mac(int node) {
    return "02:00:c6:12:00:%02x".formatted(node + 1);
  }

  /**
   * The conditions, for the namespace in the middle.
   *
   * @param seeds tells the seed of a direction of a hop
   */
  List<String> conditions(Seeds seeds) {
    List<String> commands = new ArrayList<>();
    for (int hop = 0; hop < path.hops().size(); hop++) {
      OneWay out = path.hops().get(hop).profile().outbound();
      OneWay in = path.hops().get(hop).profile().inbound();
      int between = 2 * hop + 1;
      commands.addAll(Discipline.rate(out, near(between)));
      commands.addAll(Discipline.path(out, near(between + 1), seeds.of(hop, true)));
      commands.addAll(Discipline.rate(in, far(between)));
      commands.addAll(Discipline.path(in, far(between - 1), seeds.of(hop, false)));
    }
    return commands;
  }

  /** Seeds of the directions, if there are any. */
  @FunctionalInterface
  interface Seeds {
    OptionalLong of(int hop, boolean outbound);
  }
}
