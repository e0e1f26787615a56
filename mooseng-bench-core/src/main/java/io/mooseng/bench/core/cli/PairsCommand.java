package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.compare.NoiseFloors;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.pairs.PairedMeasurement;
import io.mooseng.bench.core.pairs.Variant;
import io.mooseng.bench.core.report.ComparisonJson;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.RunReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code compare --jar-a A --jar-b B}, {@code compare --target A --target B} and {@code aa}: two
 * sides measured in turns, then compared pair by pair.
 */
final class PairsCommand {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final PrintStream err;

  PairsCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Whether {@code compare} was given sides rather than runs. */
  static boolean isMeant(List<String> arguments) {
    long targets =
        arguments.stream().filter(token -> token.matches(PairsArguments.TARGET + "(=.*)?")).count();
    boolean jars =
        arguments.stream()
            .anyMatch(
                token ->
                    token.matches(PairsArguments.JAR_A + "(=.*)?")
                        || token.matches(PairsArguments.JAR_B + "(=.*)?"));
    return jars || targets > 1;
  }

  ExitCode compare(List<String> arguments) throws IOException {
    boolean jars = arguments.stream().anyMatch(token -> token.startsWith("--jar-"));
    PairsArguments given = PairsArguments.divide(arguments, !jars);
    List<String> a;
    List<String> b;
    if (jars) {
      a = OwnCommand.ofOneOfTwo(given.jar(PairsArguments.JAR_A));
      b = OwnCommand.ofOneOfTwo(given.jar(PairsArguments.JAR_B));
    } else {
      List<String> targets = given.own().get(PairsArguments.TARGET);
      if (targets.size() != 2) {
        throw new ConfigurationException("--target: accepted: two, to be compared");
      }
      a = with(OwnCommand.ofThis(), PairsArguments.TARGET, targets.get(0));
      b = with(OwnCommand.ofThis(), PairsArguments.TARGET, targets.get(1));
    }
    Path directory = directory(given, "ab");
    PairedMeasurement measurement = measurement(given, a, b, directory);
    RowSelection selection = new RowSelection(given.run());
    Comparison found = measurement.measure(selection, given.pairs());
    Comparison comparison = given.confirms() ? measurement.confirm(found, selection) : found;
    finish(given, directory, measurement, comparison);
    return CompareCommand.exitCode(comparison);
  }

  /**
   * The same build against itself, judged by what is known of the noise of the machine so far; exit
   * code 1 if it seems to differ from itself.
   */
  ExitCode aa(List<String> arguments) throws IOException {
    PairsArguments given = PairsArguments.divide(arguments, false);
    Path directory = directory(given, "aa");
    PairedMeasurement measurement =
        measurement(given, OwnCommand.ofThis(), OwnCommand.ofThis(), directory);
    Comparison comparison = measurement.measure(new RowSelection(given.run()), given.pairs());
    List<Path> runs = finish(given, directory, measurement, comparison);
    long alarms = comparison.count(Verdict.REGRESSION) + comparison.count(Verdict.IMPROVEMENT);
    out.printf(Locale.ROOT, "False alarms: %d of %d rows%n", alarms, comparison.rows().size());
    NoiseStore store = noise(given, RunReader.read(runs.get(0)).environment());
    if (store.file().isPresent()) {
      NoiseFloors floors = store.floors().plus(comparison);
      floors.write(store.file().get());
      floors
          .floors()
          .forEach(
              (metric, floor) ->
                  out.printf(
                      Locale.ROOT,
                      "Noise floor of %s: %.1f %% (%d comparisons of the same build)%n",
                      metric,
                      100 * floor,
                      floors.effects().get(metric).size()));
      out.println("Kept in " + store.file().get());
    }
    return comparison.failed() + alarms > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private static NoiseStore noise(PairsArguments given, Environment machine) {
    return NoiseStore.of(given.noise(), given.out(), machine);
  }

  private static Path directory(PairsArguments given, String what) {
    return given.out().resolve(what + "-" + TIMESTAMP.format(Instant.now()));
  }

  private PairedMeasurement measurement(
      PairsArguments given, List<String> a, List<String> b, Path directory) {
    return new PairedMeasurement(
        new Variant("a", a),
        new Variant("b", b),
        directory,
        machine -> given.options().withNoise(noise(given, machine).floors().floors()),
        line -> err.println(line + "; results in " + directory));
  }

  private List<Path> finish(
      PairsArguments given, Path directory, PairedMeasurement measurement, Comparison comparison) {
    List<Path> runs = measurement.write();
    new ComparisonOutput(out, given.markdown(), given.json(), given.html()).print(comparison);
    out.println("Runs made: " + measurement.runsMade());
    runs.forEach(run -> out.println("Results: " + run));
    ComparisonOutput.write(
        "--out", directory.resolve("comparison.json"), () -> ComparisonJson.render(comparison));
    return runs;
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }
}
