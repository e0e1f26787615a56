package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.history.HistoryLocation;
import picocli.CommandLine.Option;

/** Which history; the same for all commands that have one. */
final class HistoryOption {

  static final String DEFAULT = "bench-results/history.sqlite";

  @Option(
      names = "--history",
      paramLabel = "FILE|URL",
      description =
          "A file of SQLite, or jdbc:postgresql://HOST/DATABASE (default: ${DEFAULT-VALUE}).")
  private String history = DEFAULT;

  HistoryLocation location() {
    return HistoryLocation.parse(history);
  }
}
