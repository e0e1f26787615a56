package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.history.HistoryStore;
import io.mooseng.bench.core.history.Series;
import io.mooseng.bench.core.history.Trend;
import io.mooseng.bench.core.report.TrendLines;
import io.mooseng.bench.core.report.html.TrendPage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history trend}: where metrics changed their level, and since which run. */
@Command(
    name = "history trend",
    description = "Shows where metrics changed their level, and since which run.",
    mixinStandardHelpOptions = true)
final class HistoryTrendCommand {

  static final List<String> USUAL_METRICS =
      List.of("latency.p50", "latency.p99", "throughput", "jmh.score");

  private final PrintStream out;

  @Mixin private HistoryOption history = new HistoryOption();

  @Parameters(
      paramLabel = "REGEXP",
      arity = "0..1",
      description = "Only series whose benchmark or parameters match.")
  private String pattern = "";

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "Repeatable. Default: latency.p50, latency.p99, throughput, and jmh.score of JMH's files.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Latest values of each series (default: ${DEFAULT-VALUE}).")
  private int last = 200;

  @Option(names = "--all", description = "Also series without a change.")
  private boolean all;

  @Option(names = "--html", paramLabel = "FILE.html", description = "Also draw them.")
  private Path html;

  HistoryTrendCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    requireUsable();
    List<Trend> trends;
    try (HistoryStore store = HistoryStore.open(history.location(), HistoryStore.Access.READ)) {
      trends = Trend.of(series(store));
    }
    TrendLines.of(trends, all).forEach(out::println);
    if (html != null) {
      Files.write(html, TrendPage.of(trends).getBytes(StandardCharsets.UTF_8));
      out.println("Trends: " + html);
    }
    return ExitCode.OK;
  }

  private void requireUsable() {
    if (last < 1) {
      throw new ConfigurationException("--last " + last + ": accepted: 1 or more");
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new ConfigurationException(
          "history trend "
              + pattern
              + ": accepted: a regular expression ("
              + e.getDescription()
              + ")");
    }
  }

  private List<Series> series(HistoryStore store) {
    if (metrics.isEmpty()) {
      return store.series(USUAL_METRICS, pattern, last);
    }
    List<String> known = store.metrics();
    for (String metric : metrics) {
      if (!known.contains(metric)) {
        throw new ConfigurationException(
            "--metric " + metric + ": accepted: " + String.join(", ", known));
      }
    }
    return store.series(metrics, pattern, last);
  }
}
