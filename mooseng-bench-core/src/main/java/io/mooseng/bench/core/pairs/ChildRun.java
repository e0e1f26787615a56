package io.mooseng.bench.core.pairs;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run in a process of its own, which ends when this one is told to end. Its output goes to a file
 * beside its results.
 */
public final class ChildRun {

  private static final String RUN_JSON = "run.json";

  /** Exit codes of a run that has results: all well, or some rows failed. */
  private static final int MOST_WITH_RESULTS = 1;

  private static final int UNAVAILABLE = 4;

  private ChildRun() {}

  /**
   * Starts a run and waits for its end.
   *
   * @param command with all arguments but where results go
   * @param directory is made; holds the run's directory and its output
   * @return the run directory
   * @throws ConfigurationException if the run refused its arguments, in its own words
   * @throws UnavailableException if it could not run here, in its own words
   */
  public static Path run(List<String> command, Path directory) throws IOException {
    Files.createDirectories(directory);
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("--out", directory.toString(), "--no-progress"));
    Path errors = directory.resolve("stderr.txt");
    Process process =
        new ProcessBuilder(whole)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(directory.resolve("stdout.txt").toFile())
            .redirectError(errors.toFile())
            .start();
    Thread ending = new Thread(() -> end(process), "child-run-end");
    Runtime.getRuntime().addShutdownHook(ending);
    int exit;
    try {
      exit = process.waitFor();
    } catch (InterruptedException e) {
      end(process);
      throw new InterruptedIOException("interrupted while a run was going on");
    } finally {
      forget(ending);
    }
    if (exit <= MOST_WITH_RESULTS) {
      return runDirectory(directory);
    }
    String said = lastLine(errors).replaceFirst("^mooseng-bench: ", "");
    String message = "the run in %s ended with %d: %s".formatted(directory, exit, said);
    throw exit == UNAVAILABLE
        ? new UnavailableException(message, null)
        : new ConfigurationException(message);
  }

  /** As Ctrl-C does: the run removes what it made, and ends its server. */
  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is being ended; the hook is at work.
    }
  }

  private static Path runDirectory(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve(RUN_JSON)))
          .findFirst()
          .orElseThrow(() -> new IOException(directory + ": the run left no results"));
    }
  }

  private static String lastLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.stream()
        .filter(line -> line.startsWith("mooseng-bench: "))
        .findFirst()
        .orElse(lines.isEmpty() ? "without a word" : lines.get(lines.size() - 1));
  }
}
