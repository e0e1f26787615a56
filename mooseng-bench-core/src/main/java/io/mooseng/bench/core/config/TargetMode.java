package io.mooseng.bench.core.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What may answer a run: exactly one thing, or whatever is there. */
public enum TargetMode {
  /** The named targets and nothing else. */
  LIVE,
  /** The server of this project. */
  EMBEDDED,
  /** The model in virtual time; nothing is measured. */
  SIMULATED,
  /** The named targets, else the embedded server, else the model; each step is announced. */
  AUTO;

  static TargetMode parse(String text) {
    for (TargetMode mode : values()) {
      if (mode.label().equals(text)) {
        return mode;
      }
    }
    String accepted =
        Arrays.stream(values()).map(TargetMode::label).collect(Collectors.joining(", "));
    throw new ConfigurationException("--mode " + text + ": accepted: " + accepted);
  }

  /** The name used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
