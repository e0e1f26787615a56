package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.machine.ceiling.CeilingMeter;
import io.mooseng.bench.core.machine.doctor.Check;
import io.mooseng.bench.core.machine.doctor.Doctor;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: what this machine can do, why not, and how to get it. */
@Command(
    name = "doctor",
    description = "What this machine can do: backends, privileges, ceilings, clock, noise.",
    mixinStandardHelpOptions = true)
final class DoctorCommand {

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "Directory a run would keep its data in (default: the temporary directory).")
  private Path store = Path.of(System.getProperty("java.io.tmpdir"));

  DoctorCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Always exit code 0: a machine that lacks something has been examined successfully. */
  ExitCode run(List<String> arguments) {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    if (!Files.isDirectory(store)) {
      throw new ConfigurationException("--store " + store + ": accepted: an existing directory");
    }
    Doctor.ofThisMachine(store).examine(this::print);
    print(
        Doctor.ofCeilings(
            new CeilingMeter(
                    store, CeilingMeter.DEFAULT_BUDGET, what -> err.println("measuring " + what))
                .measure()));
    return ExitCode.OK;
  }

  private void print(Check check) {
    out.printf("%-8s %-22s %s%n", check.status().label(), check.name(), check.finding());
    if (!check.howToGetIt().isEmpty()) {
      out.printf("%-8s %-22s -> %s%n", "", "", check.howToGetIt());
    }
  }
}
