package io.mooseng.bench.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Runs the scripts below {@code deploy/} as a user does. */
final class Script {

  private static final int NOT_AVAILABLE = 4;
  private static final Path DEPLOY = Path.of("..", "deploy");

  private final Path directory;

  /**
   * @param directory holds what the scripts print; they do not run in it
   */
  Script(Path directory) {
    this.directory = directory;
  }

  /** Runs a script below {@code deploy/} to its end. */
  JarRun run(String script, String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), script, arguments);
  }

  /** The same with some environment variables. */
  JarRun run(Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(path(script));
    command.addAll(List.of(arguments));
    return execute(environment, command);
  }

  /**
   * Runs a script; the test is skipped, with the reason the script gave, if this machine cannot.
   */
  JarRun runIfAvailable(String script, String... arguments)
      throws IOException, InterruptedException {
    JarRun run = run(script, arguments);
    if (run.exitCode() == NOT_AVAILABLE) {
      System.out.println("SKIPPED: " + run.stderr().strip());
      Assumptions.abort(run.stderr().strip());
    }
    return run;
  }

  /** Runs any command to its end. */
  JarRun execute(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "stdout", null);
    Path err = Files.createTempFile(directory, "stderr", null);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new JarRun(exitCode, Files.readString(out), Files.readString(err));
  }

  static String path(String script) {
    return DEPLOY.resolve(script).toString();
  }
}
