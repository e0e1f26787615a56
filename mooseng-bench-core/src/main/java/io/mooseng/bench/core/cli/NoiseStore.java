package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.NoiseFloors;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.result.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the noise of a machine is kept.
 *
 * @param file empty if none is wanted
 * @param floors what is known of it
 */
record NoiseStore(Optional<Path> file, NoiseFloors floors) {

  static final String OPTION = "--noise";
  private static final String NONE = "none";

  /**
   * @param asked a file, {@code none}, or nothing: one for each machine in {@code out}
   * @param environment of the runs
   */
  static NoiseStore of(Optional<String> asked, Path out, Environment environment) {
    NoiseFloors nothing = NoiseFloors.none(environment);
    if (asked.filter(NONE::equals).isPresent()) {
      return new NoiseStore(Optional.empty(), nothing);
    }
    Path file = asked.map(Path::of).orElse(out.resolve(nothing.fileName()));
    if (!Files.exists(file)) {
      return new NoiseStore(Optional.of(file), nothing);
    }
    try {
      return new NoiseStore(Optional.of(file), NoiseFloors.read(file, environment));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(OPTION + " " + file + ": " + e.getMessage());
    }
  }
}
