package io.mooseng.bench.core.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the embedded server runs. */
public enum ServerPlace {
  /** In a process of its own: client and server share no heap, JIT or garbage collector. */
  PROCESS,
  /** In the JVM of the client, for debugging. */
  IN_PROCESS;

  static ServerPlace parse(String text) {
    for (ServerPlace place : values()) {
      if (place.label().equals(text)) {
        return place;
      }
    }
    String accepted =
        Arrays.stream(values()).map(ServerPlace::label).collect(Collectors.joining(", "));
    throw new ConfigurationException("--server " + text + ": accepted: " + accepted);
  }

  /** The name used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
