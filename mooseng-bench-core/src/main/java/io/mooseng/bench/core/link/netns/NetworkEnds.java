package io.mooseng.bench.core.link.netns;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two namespaces that a network of packets joins: that of the clients, in which the harness may
 * be itself, and that of the servers.
 *
 * <p>Safe for use by any number of threads.
 */
public final class NetworkEnds implements AutoCloseable {

  private static final String SERVER_NODE = "server";
  private static final String CONGESTION_CONTROL = "ipv4/tcp_congestion_control";

  /** Linux remembers the congestion window for the next connection; see tcp(7). */
  private static final String FORGET_PATHS = "ipv4/tcp_no_metrics_save";

  private final NetworkNamespaces namespaces;
  private final NetworkNamespace client;
  private final NetworkNamespace server;

  private NetworkEnds(
      NetworkNamespaces namespaces, NetworkNamespace client, NetworkNamespace server) {
    this.namespaces = namespaces;
    this.client = client;
    this.server = server;
  }

  /**
   * Makes the namespace of the servers, and that of the clients unless this program is in it.
   *
   * <p>In both, connections start without what the kernel remembers of those before them: else a
   * row would depend on which rows ran before it.
   *
   * @param runId short id of the run
   * @throws IOException in one line, if that is not possible
   */
  public static NetworkEnds open(String runId) throws IOException {
    NetworkNamespaces namespaces = NetworkNamespaces.of(runId);
    try {
      Optional<NetworkNamespace> own = ClientNamespace.own();
      NetworkNamespace client =
          own.isPresent() ? own.get() : namespaces.create(ClientNamespace.NODE);
      NetworkNamespace server = namespaces.create(SERVER_NODE);
      client.setting(FORGET_PATHS, "1");
      server.setting(FORGET_PATHS, "1");
      return new NetworkEnds(namespaces, client, server);
    } catch (IOException | RuntimeException e) {
      namespaces.close();
      throw e;
    }
  }

  public NetworkNamespace client() {
    return client;
  }

  public NetworkNamespace server() {
    return server;
  }

  /** What goes before the command line of a process that is to run with the servers. */
  public List<String> serverCommand() {
    return List.of(ip().program().toString(), "netns", "exec", server.name());
  }

  /**
   * Makes one more namespace, which goes with the others.
   *
   * @throws IOException in one line, if that is not possible
   */
  public NetworkNamespace create(String node) throws IOException {
    return namespaces.create(node);
  }

  /** The tool that makes devices in them. */
  public Tool ip() {
    return namespaces.ip();
  }

  /** Short id of the run. */
  public String runId() {
    return namespaces.runId();
  }

  /** How TCP is set up at both ends. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("congestionControl", setting(client, CONGESTION_CONTROL));
    facts.put("tcpMetricsSaved", !setting(client, FORGET_PATHS).equals("1"));
    return facts;
  }

  private static String setting(NetworkNamespace namespace, String key) {
    try {
      return namespace.setting(key);
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Removes what {@link #open} made. */
  @Override
  public void close() {
    namespaces.close();
  }
}
