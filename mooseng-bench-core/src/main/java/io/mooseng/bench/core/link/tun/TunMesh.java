package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.TestAddresses;
import io.mooseng.bench.core.link.impair.Impairment;
import io.mooseng.bench.core.link.netns.ClientNamespace;
import io.mooseng.bench.core.link.netns.NetworkNamespace;
import io.mooseng.bench.core.link.netns.NetworkNamespaces;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Places that all see each other over packet links: the servers of each in a network namespace of
 * their own, and the clients of all places in the namespace of the harness, where each place has an
 * address. Whoever binds to that address is in that place: what it sends to another place crosses
 * the link between the two, what it sends to its own crosses none. A client that binds to nothing
 * is wherever the server is that it calls.
 *
 * <p>Servers and clients of one place have links of their own to another one: they do not share a
 * rate. Safe for use by any number of threads.
 */
public final class TunMesh implements AutoCloseable {

  /** What a direction between two places is like. */
  public interface Conditions {
    /** From one place to another; places count from 0. */
    OneWay between(int from, int to);
  }

  /** No more: each has a device, and addresses from {@value #FIRST_SERVER} on. */
  public static final int MOST_PLACES = 32;

  private static final int FIRST_CLIENT = 20;
  private static final int FIRST_SERVER = 60;

  /** Of routing tables and rules, so that both ends of a connection take the same device. */
  private static final int FIRST_TABLE = 21_000;

  private static final int DEVICE_QUEUE = 10_000;

  /** Linux remembers the congestion window for the next connection; see tcp(7). */
  private static final String FORGET_PATHS = "ipv4/tcp_no_metrics_save";

  private record Way(int from, int to) {}

  private final NetworkNamespaces namespaces;
  private final NetworkNamespace client;
  private final List<NetworkNamespace> servers = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final Map<Way, List<Hop>> hops = new LinkedHashMap<>();
  private final int places;
  private Forwarder forwarder;

  private TunMesh(NetworkNamespaces namespaces, NetworkNamespace client, int places) {
    this.namespaces = namespaces;
    this.client = client;
    this.places = places;
  }

  /**
   * Makes it.
   *
   * @param runId short id of the run, lower-case letters and digits
   * @param places how many, 2 to {@value #MOST_PLACES}
   * @param seed decides on what is left to chance
   * @throws IOException in one line, if that is not possible; then nothing is left behind
   */
  public static TunMesh open(String runId, int places, Conditions conditions, long seed)
      throws IOException {
    if (places < 2 || places > MOST_PLACES) {
      throw new IllegalArgumentException(
          "%d places are not accepted; accepted: 2 to %d".formatted(places, MOST_PLACES));
    }
    NetworkNamespaces namespaces = NetworkNamespaces.of(runId);
    TunMesh mesh = null;
    try {
      Optional<NetworkNamespace> own = ClientNamespace.surrounding();
      NetworkNamespace client =
          own.isPresent() ? own.get() : namespaces.create(ClientNamespace.NODE);
      mesh = new TunMesh(namespaces, client, places);
      mesh.build(conditions, seed);
      return mesh;
    } catch (IOException | RuntimeException e) {
      if (mesh != null) {
        mesh.ports.forEach(Port::close);
        mesh.forgetRules();
      }
      namespaces.close();
      throw e;
    }
  }

  private void build(Conditions conditions, long seed) throws IOException {
    forgetRules(); // of a fork that was killed
    client.setting(FORGET_PATHS, "1");
    for (int place = 0; place < places; place++) {
      servers.add(namespaces.create("place" + place));
      servers.get(place).setting(FORGET_PATHS, "1");
      ports.add(serverPort(place));
    }
    for (int place = 0; place < places; place++) {
      ports.add(clientPort(place));
    }
    for (int from = 0; from < places; from++) {
      for (int to = 0; to < places; to++) {
        OneWay way =
            from == to ? OneWay.delayed(java.time.Duration.ZERO) : conditions.between(from, to);
        connect(from, to, way, seed);
      }
    }
    forwarder = new Forwarder(ports, routes);
  }

  /** What goes from the servers and the clients of one place to servers and clients of another. */
  private void connect(int from, int to, OneWay way, long seed) {
    Port servers = ports.get(from);
    Port clients = ports.get(places + from);
    int index = from * places + to;
    List<Hop> made = new ArrayList<>();
    if (from != to) {
      made.add(join(servers, ports.get(to), server(to), way, Impairment.seedOf(seed, index, true)));
    }
    // A client of this place that calls a server of the other one, and the answers on their way
    // back to a client of the other one.
    made.add(join(clients, ports.get(to), server(to), way, Impairment.seedOf(seed, index, false)));
    long answers = Impairment.seedOf(seed, places * places + index, true);
    made.add(join(servers, ports.get(places + to), client(to), way, answers));
    hops.put(new Way(from, to), made);
  }

  private Hop join(Port from, Port to, int node, OneWay way, long seed) {
    Hop hop = new Hop(new Impairment(way, seed), from.arena(), new HopCounters(number -> {}));
    Route route = new Route(to.device(), from.arena(), List.of(hop), new DeliveryCounters());
    from.add(TestAddresses.number(node), route);
    routes.add(route);
    return hop;
  }

  private static int client(int place) {
    return FIRST_CLIENT + place;
  }

  private static int server(int place) {
    return FIRST_SERVER + place;
  }

  private Port serverPort(int place) throws IOException {
    String name = "mb-" + namespaces.runId();
    return port(
        servers.get(place),
        name.substring(0, Math.min(name.length(), TunDevice.LONGEST_NAME)),
        List.of("address add %s dev %%s".formatted(TestAddresses.withPrefix(server(place)))),
        List.of());
  }

  /** By the address it is bound to, a connection takes the device of its place. */
  private Port clientPort(int place) throws IOException {
    String address = TestAddresses.of(client(place)).getHostAddress();
    String server = TestAddresses.of(server(place)).getHostAddress();
    int table = FIRST_TABLE + place;
    return port(
        client,
        "mb-%s-%d".formatted(namespaces.runId(), place),
        List.of("address add %s/32 dev %%s".formatted(address)),
        List.of(
            "route add %s/32 dev %%s src %s".formatted(server, address),
            "route add %s dev %%s src %s table %d"
                .formatted(TestAddresses.network(), address, table),
            "rule add from %s lookup %d pref %d".formatted(address, table, table)));
  }

  private Port port(
      NetworkNamespace namespace, String name, List<String> addresses, List<String> routing)
      throws IOException {
    TunDevice device = TunDevice.open(namespace, name, Offloads.TSO);
    try {
      namespace.setting("ipv6/conf/" + name + "/disable_ipv6", "1");
      List<String> commands = new ArrayList<>();
      commands.add(
          "link set dev %s mtu %d txqueuelen %d".formatted(name, TunNetwork.MTU, DEVICE_QUEUE));
      commands.add("link set dev %s alias mooseng-bench-%s".formatted(name, namespaces.runId()));
      addresses.forEach(command -> commands.add(command.formatted(name)));
      commands.add("link set dev %s up".formatted(name));
      routing.forEach(command -> commands.add(command.formatted(name)));
      namespaces.ip().batch(List.of("-n", namespace.name()), commands);
      return new Port(device);
    } catch (IOException e) {
      device.close();
      throw e;
    }
  }

  private void forgetRules() {
    for (int place = 0; place < places; place++) {
      String pref = Integer.toString(FIRST_TABLE + place);
      try {
        namespaces.ip().run("-n", client.name(), "rule", "del", "pref", pref);
      } catch (IOException e) {
        return; // there is none, nor a later one
      }
    }
  }

  /** What goes before the command line of a process that is to run in a place. */
  public List<String> command(int place) {
    return List.of(
        namespaces.ip().program().toString(), "netns", "exec", servers.get(place).name());
  }

  /** The address on which servers of a place listen. */
  public InetAddress serverHost(int place) {
    return TestAddresses.of(server(place));
  }

  /** The address to which a client binds that is to be in a place. */
  public InetAddress clientHost(int place) {
    return TestAddresses.of(client(place));
  }

  /** Does something where the servers of a place are: a socket that is opened there stays there. */
  public <T> T atServer(int place, Callable<T> task) throws IOException {
    return servers.get(place).call(task);
  }

  /** Does something where clients are, which is here if the harness was started there. */
  public <T> T atClient(Callable<T> task) throws IOException {
    return client.call(task);
  }

  /**
   * Breaks what goes from one place to another, or mends it. Packets are lost in a cut, and TCP
   * sends them again once it is healed.
   */
  public void disturb(int from, int to, LinkFault fault) {
    hops.get(new Way(from, to)).forEach(hop -> hop.disturb(fault));
  }

  /** How TCP is set up, and what packets are like. */
  public Map<String, Object> facts() throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("congestionControl", client.setting("ipv4/tcp_congestion_control"));
    facts.put("mtuBytes", TunNetwork.MTU);
    facts.put("offloads", Offloads.TSO.label());
    return facts;
  }

  @Override
  public void close() throws IOException {
    try {
      forwarder.close();
    } finally {
      forgetRules();
      namespaces.close();
    }
  }
}
