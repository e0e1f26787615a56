package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.SettingKey;
import java.io.IOException;
import java.io.PrintStream;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** {@code -h}: the commands, our options, and JMH's own help. */
final class Help {

  private static final int COLUMN = 24;

  private Help() {}

  static void print(PrintStream out) throws IOException {
    out.println("Usage: java -jar benchmarks.jar [run] [options] [regexp]...");
    out.println(
        "       java -jar benchmarks.jar compare|gate|aa|report|history|merge|serve|doctor [options]"
            + "   (-h after the command)");
    out.println();
    out.println("Options of MooseNG Bench:");
    for (SettingKey key : SettingKey.values()) {
      String left = key.option() + key.valueLabel().map(label -> " " + label).orElse("");
      out.printf("  %-" + COLUMN + "s %s%n", left, key.description());
    }
    out.println();
    out.println("Options of JMH, all of which work unchanged (but -wm BULK, BULK_INDI and -wmb):");
    out.flush();
    try {
      new CommandLineOptions("-h").showHelp();
    } catch (CommandLineOptionException e) {
      throw new IllegalStateException("JMH does not know its own -h", e);
    }
  }
}
