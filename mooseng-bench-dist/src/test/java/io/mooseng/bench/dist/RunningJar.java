package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of the jar under way; closing it ends the run and everything it started. */
final class RunningJar implements AutoCloseable {

  private static final Duration LONGEST_RUN = Duration.ofSeconds(240);

  private final Process process;
  private final BenchmarksJar jar;
  private final Path out;
  private final Path err;

  RunningJar(Process process, BenchmarksJar jar, Path out, Path err) {
    this.process = process;
    this.jar = jar;
    this.out = out;
    this.err = err;
  }

  /** Waits for the end. */
  JarRun await() throws IOException, InterruptedException {
    return await(LONGEST_RUN);
  }

  /** Waits for the end of a run that may take long. */
  JarRun await(Duration longest) throws IOException, InterruptedException {
    boolean ended = process.waitFor(longest.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as("ended in time; it printed%n%s%n%s", stdout(), stderr()).isTrue();
    return new JarRun(process.exitValue(), stdout(), stderr());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String stdout() throws IOException {
    return Files.readString(out);
  }

  String stderr() throws IOException {
    return Files.readString(err);
  }

  /** What Ctrl-C does: a terminal sends SIGINT to the run and to everything it started. */
  void interrupt() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-INT"));
    MarkedProcesses.of(jar.mark()).forEach(each -> command.add(Long.toString(each.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  /** {@code kill -9} of the run alone, not of what it started. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until a line of stdout starts with {@code prefix} and returns what follows it. */
  String awaitLine(String prefix) throws IOException, InterruptedException {
    Await.until("a line '" + prefix + "…'", () -> !isAlive() || lineAfter(prefix) != null);
    assertThat(lineAfter(prefix)).as("stderr: %s", stderr()).isNotNull();
    return lineAfter(prefix);
  }

  private String lineAfter(String prefix) throws IOException {
    return stdout()
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    MarkedProcesses.of(jar.mark()).forEach(ProcessHandle::destroyForcibly);
  }
}
