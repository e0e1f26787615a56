package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.jmh.ClassArchive;
import io.mooseng.bench.core.jmh.ServerReadiness;
import io.mooseng.bench.core.process.ProcessIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One region: the program's {@code serve} command in a JVM of its own, which ends with the process
 * that started it, whatever that dies of.
 */
final class RegionProcess {

  private static final String MAIN_CLASS = "io.mooseng.bench.core.cli.Main";
  private static final long STOP_SECONDS = 5;

  private final String region;
  private final Process process;
  private final Path errors;
  private final CompletableFuture<Boolean> listening;

  private RegionProcess(String region, Process process, Path errors) {
    this.region = region;
    this.process = process;
    this.errors = errors;
    this.listening = CompletableFuture.supplyAsync(this::saidThatItListens);
  }

  /**
   * Starts a region and does not wait.
   *
   * @param prefix what goes before the command line, so that it runs where the region is
   * @param directory exists: temporary files of the region, and what it says
   * @param store {@code memory} or a directory
   * @param jvmOptions see {@link RegionJvm}
   * @param metricsPort where it answers scrapes of Prometheus, if it is to
   */
  static RegionProcess start(
      List<String> prefix,
      String region,
      Path cluster,
      Path directory,
      String store,
      List<String> jvmOptions,
      OptionalInt metricsPort)
      throws IOException {
    Path errors = directory.resolve(region + ".err");
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ClassArchive.options());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + directory,
            "-D" + ServerReadiness.STARTER_PROPERTY + "=" + ProcessIdentity.current(),
            "-cp",
            System.getProperty("java.class.path"),
            MAIN_CLASS,
            "serve",
            "--region",
            region,
            "--cluster",
            cluster.toString(),
            "--store",
            store));
    metricsPort.ifPresent(
        port -> command.addAll(List.of("--metrics-port", Integer.toString(port))));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    return new RegionProcess(region, process, errors);
  }

  private boolean saidThatItListens() {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return said.lines().anyMatch(line -> line.startsWith(ServerReadiness.LINE));
  }

  /**
   * Waits until the region accepts calls.
   *
   * @throws IOException with what it said, if it does not come up within {@code seconds}
   */
  void awaitListening(long seconds) throws IOException {
    try {
      if (listening.get(seconds, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while region " + region + " started", e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IOException(
          "region %s did not start within %d s: %s".formatted(region, seconds, lastWords()), e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IOException("region " + region + " did not start: " + e.getCause(), e);
    }
    throw new IOException("region " + region + " did not start: " + lastWords());
  }

  private String lastWords() {
    try (Stream<String> lines = Files.lines(errors)) {
      return lines.reduce((first, second) -> second).orElse("it said nothing");
    } catch (IOException e) {
      return "what it said cannot be read: " + e.getMessage();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** {@code kill -9}; returns when it is gone. */
  void kill() throws IOException {
    end();
    awaitEnd();
  }

  /**
   * Sends a signal that Java has no method for.
   *
   * @param name without SIG: {@code STOP} or {@code CONT}
   */
  void signal(String name) throws IOException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
            .redirectErrorStream(true)
            .start();
    try {
      if (kill.waitFor() != 0) {
        throw new IOException("kill -" + name + " of region " + region + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Ends it; returns at once. All that it leaves is in a directory that goes with the cluster. */
  void end() {
    process.destroyForcibly();
  }

  private void awaitEnd() throws IOException {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("region " + region + " (process " + pid() + ") does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
