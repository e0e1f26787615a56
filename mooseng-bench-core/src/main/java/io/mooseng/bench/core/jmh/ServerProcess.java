package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.process.ProcessIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedded server in a JVM of its own: the program's {@code serve} command on an ephemeral
 * loopback port, so that client and server share neither heap nor JIT nor GC pauses.
 */
final class ServerProcess implements EmbeddedServer {

  private static final String MAIN_CLASS = "io.mooseng.bench.core.cli.Main";
  private static final long START_TIMEOUT_SECONDS = 30;
  private static final long STOP_TIMEOUT_SECONDS = 5;

  private final Process process;
  private final String uri;

  private ServerProcess(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * How the server keeps data.
   *
   * @param store {@code memory}, a directory, or empty for a temporary directory of the server's
   * @param errors where the server's stderr goes
   * @param start what goes before its command line, and where it listens
   */
  record Options(
      Optional<String> store,
      boolean fsync,
      ServedTls tls,
      Path scratch,
      Path errors,
      ServerStart start) {}

  /**
   * Starts a server and waits until it accepts calls.
   *
   * @throws OperationException UNAVAILABLE, with what the server said, if it does not come up
   */
  static ServerProcess start(Options options) throws OperationException {
    Process process;
    try {
      process =
          new ProcessBuilder(command(options)).redirectError(options.errors().toFile()).start();
    } catch (IOException e) {
      throw new OperationException(
          FailureKind.UNAVAILABLE, "the embedded server cannot be started: " + e.getMessage(), e);
    }
    try {
      return new ServerProcess(process, awaitReady(process, options.errors()));
    } catch (OperationException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static List<String> command(Options options) {
    List<String> command = new ArrayList<>(options.start().launcher());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ClassArchive.options());
    command.add("-Djava.io.tmpdir=" + options.scratch());
    command.add("-D" + ServerReadiness.STARTER_PROPERTY + "=" + ProcessIdentity.current());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(MAIN_CLASS, "serve", "--host", options.start().host(), "--port", "0"));
    options.store().ifPresent(store -> command.addAll(List.of("--store", store)));
    if (options.fsync()) {
      command.add("--fsync");
    }
    TlsFiles tls = options.tls().files();
    if (tls.certificate().isPresent()) {
      command.addAll(List.of("--tls-cert", tls.certificate().get().toString()));
      command.addAll(List.of("--tls-key", tls.key().orElseThrow().toString()));
      options
          .tls()
          .clientAuthority()
          .ifPresent(issuer -> command.addAll(List.of("--tls-ca", issuer.toString())));
    }
    return command;
  }

  private static String awaitReady(Process process, Path errors) throws OperationException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    CompletableFuture<String> ready = CompletableFuture.supplyAsync(() -> readyUri(output));
    String cause;
    try {
      String uri = ready.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (uri != null) {
        return uri;
      }
      cause = lastLine(errors);
    } catch (TimeoutException e) {
      cause = "no answer within " + START_TIMEOUT_SECONDS + " s";
    } catch (ExecutionException e) {
      cause = String.valueOf(e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cause = "interrupted";
    }
    throw OperationException.light(
        FailureKind.UNAVAILABLE, "the embedded server did not start: " + cause);
  }

  private static String readyUri(BufferedReader output) {
    return output
        .lines()
        .filter(line -> line.startsWith(ServerReadiness.LINE))
        .map(line -> line.substring(ServerReadiness.LINE.length()).strip())
        .findFirst()
        .orElse(null);
  }

  private static String lastLine(Path errors) {
    try {
      List<String> lines = Files.readAllLines(errors);
      return lines.isEmpty() ? "it ended without a word" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "it ended, and what it said cannot be read: " + e.getMessage();
    }
  }

  /** Whether a process is a server that {@link #start} has started. */
  static boolean isServer(ProcessHandle process) {
    return Arrays.asList(process.info().arguments().orElse(new String[0])).contains(MAIN_CLASS);
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the server: politely, then by force. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
