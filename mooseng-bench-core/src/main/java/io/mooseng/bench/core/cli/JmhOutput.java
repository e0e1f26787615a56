package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.jmh.JmhCommand;
import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.util.Optional;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;

/** JMH's own output, if the user asked for it with {@code -v} or {@code -o}. */
final class JmhOutput {

  private JmhOutput() {}

  static Optional<OutputFormat> of(JmhCommand command, PrintStream terminal) {
    if (!command.showsJmhOutput()) {
      return Optional.empty();
    }
    PrintStream stream = command.output().map(JmhOutput::open).orElse(terminal);
    return Optional.of(OutputFormatFactory.createFormatInstance(stream, command.verbosity()));
  }

  private static PrintStream open(String file) {
    try {
      return new PrintStream(file);
    } catch (FileNotFoundException e) {
      throw new ConfigurationException("-o " + file + ": cannot be written: " + e.getMessage());
    }
  }
}
