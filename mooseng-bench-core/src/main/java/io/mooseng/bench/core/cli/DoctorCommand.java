package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.Networks;
import io.mooseng.bench.core.machine.ceiling.CeilingMeter;
import io.mooseng.bench.core.machine.doctor.Check;
import io.mooseng.bench.core.machine.doctor.Doctor;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: what this machine can do, why not, and how to get it. */
@Command(
    name = "doctor",
    description = "What this machine can do: backends, privileges, ceilings, clock, noise.",
    mixinStandardHelpOptions = true)
final class DoctorCommand {

  /** Delays, rates, jitter and losses, without those that take long. */
  private static final List<String> MEASURED_PRESETS =
      List.of(
          "lan", "wan-70", "wan-120", "wan-180", "constrained-10mbit", "mobile-4g", "lossy-mobile");

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "Directory a run would keep its data in (default: the temporary directory).")
  private Path store = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--accuracy",
      description =
          "Instead: measure how accurate emulated links are here, for each backend and profile. Takes"
              + " minutes.")
  private boolean accuracy;

  @Option(
      names = "--network",
      paramLabel = "PROFILE|FILE.yaml",
      description = "With --accuracy: a profile to measure; repeatable. Default: some presets.")
  private List<String> networks = new ArrayList<>();

  DoctorCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Exit code 0: a machine that lacks something has been examined successfully. Only a link that is
   * not what it was asked to be is a failure.
   */
  ExitCode run(List<String> arguments) {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    if (accuracy) {
      return accuracy();
    }
    if (!networks.isEmpty()) {
      throw new ConfigurationException("--network: accepted with --accuracy");
    }
    if (!Files.isDirectory(store)) {
      throw new ConfigurationException("--store " + store + ": accepted: an existing directory");
    }
    Doctor.ofThisMachine(store).examine(this::print);
    LinkBackends.load().all().forEach(backend -> print(check(backend)));
    print(
        Doctor.ofCeilings(
            new CeilingMeter(
                    store, CeilingMeter.DEFAULT_BUDGET, what -> err.println("measuring " + what))
                .measure()));
    return ExitCode.OK;
  }

  private ExitCode accuracy() {
    Networks known = new Networks("--network");
    List<LinkPath> paths =
        (networks.isEmpty() ? MEASURED_PRESETS : networks).stream().map(known::path).toList();
    boolean accurate = new AccuracyReport(LinkBackends.load(), out, err).print(paths);
    return accurate ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Check check(LinkBackend backend) {
    String name = "backend " + backend.name();
    return backend
        .obstacle()
        .map(obstacle -> Check.missing(name, obstacle.missing(), obstacle.remedy()))
        .orElseGet(() -> Check.ok(name, backend.description()));
  }

  private void print(Check check) {
    out.printf("%-8s %-22s %s%n", check.status().label(), check.name(), check.finding());
    if (!check.howToGetIt().isEmpty()) {
      out.printf("%-8s %-22s -> %s%n", "", "", check.howToGetIt());
    }
  }
}
