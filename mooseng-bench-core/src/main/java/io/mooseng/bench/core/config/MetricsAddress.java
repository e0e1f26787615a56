package io.mooseng.bench.core.config;

/**
 * Where metrics are exposed.
 *
 * @param host name or address
 * @param port 0 for any that is free
 */
public record MetricsAddress(String host, int port) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int GREATEST_PORT = 65_535;

  /** Reads {@code PORT}, of this machine alone, or {@code HOST:PORT}. */
  public static MetricsAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? LOOPBACK : text.substring(0, colon);
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 0 && port <= GREATEST_PORT && !host.isBlank()) {
        return new MetricsAddress(host.replaceAll("^\\[(.*)]$", "$1"), port);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ConfigurationException(
        "%s %s: accepted: PORT (0 to %d) or HOST:PORT"
            .formatted(SettingKey.METRICS_PORT.option(), text, GREATEST_PORT));
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
