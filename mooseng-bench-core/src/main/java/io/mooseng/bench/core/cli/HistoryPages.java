package io.mooseng.bench.core.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mooseng.bench.core.history.HistoryException;
import io.mooseng.bench.core.history.HistoryLocation;
import io.mooseng.bench.core.history.HistoryStore;
import io.mooseng.bench.core.history.StoredRun;
import io.mooseng.bench.core.history.Trend;
import io.mooseng.bench.core.report.html.HistoryPage;
import io.mooseng.bench.core.report.html.HtmlReport;
import io.mooseng.bench.core.report.html.ReportedRun;
import io.mooseng.bench.core.report.html.TrendPage;
import io.mooseng.bench.core.result.RunReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A history over HTTP, read only: a page of runs, a page for each run, and one of trends. */
final class HistoryPages implements AutoCloseable {

  private static final int MOST_RUNS = 500;
  private static final int MOST_VALUES = 200;
  private static final int THREADS = 4;
  private static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String RUN = "/run/";

  private final HistoryLocation location;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private HistoryPages(HistoryLocation location, HttpServer server) {
    this.location = location;
    this.server = server;
  }

  static HistoryPages listen(InetSocketAddress address, HistoryLocation location)
      throws IOException {
    HistoryPages pages = new HistoryPages(location, HttpServer.create(address, 0));
    pages.server.setExecutor(pages.threads);
    pages.server.createContext("/", pages::answer);
    pages.server.start();
    return pages;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        send(exchange, 405, TEXT, "only GET and HEAD\n");
        return;
      }
      try {
        String path = exchange.getRequestURI().getPath();
        Optional<String> page = page(path);
        send(
            exchange,
            page.isPresent() ? 200 : 404,
            page.isPresent() ? HTML : TEXT,
            page.orElse("no such page\n"));
      } catch (HistoryException e) {
        send(exchange, e.isUnavailable() ? 503 : 404, TEXT, e.getMessage() + "\n");
      }
    }
  }

  /** A store for each question: a connection is one thread's. */
  private Optional<String> page(String path) {
    try (HistoryStore store = HistoryStore.open(location, HistoryStore.Access.READ)) {
      if (path.equals("/")) {
        return Optional.of(HistoryPage.of(store.runs(MOST_RUNS)));
      }
      if (path.equals("/trends")) {
        return Optional.of(
            TrendPage.of(
                Trend.of(store.series(HistoryTrendCommand.USUAL_METRICS, "", MOST_VALUES))));
      }
      return path.startsWith(RUN) ? run(store, path.substring(RUN.length())) : Optional.empty();
    }
  }

  private static Optional<String> run(HistoryStore store, String id) {
    StoredRun run = store.run(id);
    if (run.status().equals("imported")) {
      return Optional.empty();
    }
    return store
        .document(run.runId())
        .map(
            document ->
                HtmlReport.of(
                    List.of(
                        new ReportedRun(RunReader.read(run.runId(), document), Optional.empty()))));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
