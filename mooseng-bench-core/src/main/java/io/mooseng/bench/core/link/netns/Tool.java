package io.mooseng.bench.core.link.netns;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of iproute2: {@code ip} or {@code tc}.
 *
 * @param program its file
 */
public record Tool(Path program) {

  /** Where Debian, Fedora and Alpine have them; PATH of an ordinary user lacks some of these. */
  private static final List<String> USUAL_PLACES =
      List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin");

  private static final long LIMIT_SECONDS = 20;

  /** Finds {@code ip}, which makes namespaces and devices. */
  public static Optional<Tool> ip() {
    return find("ip");
  }

  /** Finds {@code tc}, which makes queueing disciplines. */
  public static Optional<Tool> tc() {
    return find("tc");
  }

  private static Optional<Tool> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":")), USUAL_PLACES.stream())
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Tool::new);
  }

  /**
   * Runs it to the end.
   *
   * @return what it printed
   * @throws IOException with the first line of what it complained about, if it fails
   */
  public String run(String... arguments) throws IOException {
    return run("", List.of(arguments));
  }

  /**
   * Runs many of its commands in one process, up to the first that fails.
   *
   * @param options what comes before {@code -batch}
   * @throws IOException with the first line of what it complained about, if it fails
   */
  public String batch(List<String> options, List<String> commands) throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-batch", "-"));
    return run(String.join("\n", commands) + "\n", arguments);
  }

  private String run(String input, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C"); // what it says is looked at
    Process process = builder.start();
    CompletableFuture<String> complaints =
        CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended before it read everything, and says why.
    }
    String output = read(process.getInputStream());
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(describe(arguments) + ": no end within " + LIMIT_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(describe(arguments) + ": interrupted", e);
    }
    if (process.exitValue() != 0) {
      String first =
          complaints.join().lines().findFirst().orElse("exit status " + process.exitValue());
      throw new IOException(describe(arguments) + ": " + first);
    }
    return output;
  }

  private String describe(List<String> arguments) {
    return program.getFileName() + " " + String.join(" ", arguments);
  }

  private static String read(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
