package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Prometheus of the system's package that scrapes ports of this machine every second. */
record Prometheus(Process process, int port, Path log) implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");

  private static final Pattern METRICS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

  /** What is to be said where it is not installed. */
  static final String NEEDED = "needs " + PROGRAM + ": apt-get install prometheus";

  static boolean isHere() {
    return Files.isExecutable(PROGRAM);
  }

  /** The port on which a run, or a server, said that its metrics are. */
  static int metricsPort(RunningJar run) throws IOException, InterruptedException {
    Await.until("the address of the metrics", () -> METRICS.matcher(run.stderr()).find());
    Matcher matcher = METRICS.matcher(run.stderr());
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /**
   * Starts one.
   *
   * @param directory for its files
   */
  static Prometheus start(Path directory, List<Integer> ports) throws IOException {
    String targets =
        ports.stream()
            .map(target -> "\"127.0.0.1:" + target + "\"")
            .collect(Collectors.joining(", "));
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: mooseng-bench
                static_configs: [{targets: [%s]}]
            """
                .formatted(targets));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    Path log = directory.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Prometheus(process, port, log);
  }

  /** Whether the answer to a query holds a text; not, while it does not answer. */
  boolean answers(String query, String part) {
    return get("/api/v1/query", "query=" + query).contains(part);
  }

  /** Waits until a query has one value. */
  void await(String query, int value) throws IOException, InterruptedException {
    try {
      Await.until(query + " = " + value, () -> answers(query, "\"" + value + "\"]"));
    } catch (AssertionError e) {
      throw new AssertionError(
          "%s; it answers %s; its targets: %s; its log: %s"
              .formatted(
                  e.getMessage(),
                  get("/api/v1/query", "query=" + query),
                  get("/api/v1/targets", null),
                  Files.readString(log)),
          e);
    }
  }

  /** What it answers; nothing, while it does not. */
  private String get(String path, String query) {
    try {
      URI address = new URI("http", null, "127.0.0.1", port, path, query, null);
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | URISyntaxException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
