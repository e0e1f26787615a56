package io.mooseng.bench.core.target.grpc;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a server listens.
 *
 * @param host name or address; an IPv6 address without brackets
 */
record HostPort(String host, int port) {

  private static final String SCHEME = "mooseng";

  /** MooseNG's default port of the master. */
  private static final int DEFAULT_PORT = 9422;

  private static final int MAX_PORT = 65_535;

  HostPort {
    if (host.isEmpty() || port < 1 || port > MAX_PORT) {
      throw notAnAddress(host + ":" + port);
    }
  }

  /** Reads {@code mooseng://host[:port]} or {@code host[:port]}. */
  static HostPort parse(String text) {
    String uri = text.contains("://") ? text : SCHEME + "://" + text;
    try {
      URI parsed = new URI(uri).parseServerAuthority();
      boolean bare =
          (parsed.getPath() == null || parsed.getPath().isEmpty() || parsed.getPath().equals("/"))
              && parsed.getQuery() == null
              && parsed.getFragment() == null
              && parsed.getUserInfo() == null;
      if (!SCHEME.equals(parsed.getScheme()) || parsed.getHost() == null || !bare) {
        throw notAnAddress(text);
      }
      String host = parsed.getHost();
      return new HostPort(
          host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
          parsed.getPort() == -1 ? DEFAULT_PORT : parsed.getPort());
    } catch (URISyntaxException e) {
      throw notAnAddress(text);
    }
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not the address of a MooseNG master; accepted: mooseng://host[:port]");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
