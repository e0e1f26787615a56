package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code history}: the store of runs. */
final class HistoryCommand {

  private final PrintStream out;

  HistoryCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    Map<String, Main.Command> commands = new LinkedHashMap<>();
    commands.put("add", rest -> new HistoryAddCommand(out).run(rest));
    commands.put("list", rest -> new HistoryListCommand(out).run(rest));
    commands.put("show", rest -> new HistoryShowCommand(out).run(rest));
    commands.put("trend", rest -> new HistoryTrendCommand(out).run(rest));
    commands.put("prune", rest -> new HistoryPruneCommand(out).run(rest));
    commands.put("serve", rest -> new HistoryServeCommand(out).run(rest));
    String names = String.join(", ", commands.keySet());
    if (arguments.isEmpty()) {
      throw new ConfigurationException("history needs a command: " + names);
    }
    String first = arguments.get(0);
    if (first.equals("-h") || first.equals("--help")) {
      out.println("Usage: java -jar benchmarks.jar history COMMAND [options]   (-h after COMMAND)");
      out.println("Commands: " + names);
      return ExitCode.OK;
    }
    if (!commands.containsKey(first)) {
      throw new ConfigurationException("history " + first + ": accepted: " + names);
    }
    return commands.get(first).run(arguments.subList(1, arguments.size()));
  }
}
