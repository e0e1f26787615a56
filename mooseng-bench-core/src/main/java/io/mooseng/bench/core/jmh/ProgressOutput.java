package io.mooseng.bench.core.jmh;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * JMH's output, of which only the progress is kept, unless the user asked for all of it. The end of
 * JMH's runs is left out: there is one per fork, and results are shown once, merged.
 *
 * <p>What a fork prints arrives here, too: lines that begin with {@link #PREPARING} say how its
 * set-up gets on.
 */
final class ProgressOutput implements OutputFormat {

  /** Begins a line of a fork about its set-up. */
  static final String PREPARING = "preparing: ";

  /**
   * The fork's own standard output. JMH replaces System.out there by one whose lines go to that of
   * the run, past this class; what is written to the original arrives here.
   */
  private static final PrintStream STDOUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private final ProgressListener listener;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Optional<OutputFormat> full;
  private final LastWords lastWords = new LastWords();
  private Optional<SoakWindows> windows = Optional.empty();
  private Instant from;
  private Instant until;

  ProgressOutput(ProgressListener listener, Optional<OutputFormat> full) {
    this.listener = listener;
    this.full = full;
  }

  /** Says something to the run; called in the fork. */
  static void tell(String line) {
    STDOUT.println(line);
  }

  /** When the latest fork measured; empty before an iteration of it has come to its end. */
  Optional<ForkOutcome.MeasuredTime> measured() {
    return from == null || until == null
        ? Optional.empty()
        : Optional.of(new ForkOutcome.MeasuredTime(from, until));
  }

  /**
   * Another fork begins.
   *
   * @param ofFork its windows, in a long run
   */
  void forkBegins(Optional<SoakWindows> ofFork) {
    from = null;
    until = null;
    windows = ofFork;
  }

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {
    if (params.getType() == IterationType.MEASUREMENT && from == null) {
      from = Instant.now();
      windows.ifPresent(fork -> fork.begin(from));
    }
    listener.iterationStarted(
        params.getType() == IterationType.WARMUP, iteration, params.getCount());
    full.ifPresent(output -> output.iteration(benchmark, params, iteration));
  }

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {
    if (params.getType() == IterationType.MEASUREMENT) {
      until = Instant.now();
      windows.ifPresent(SoakWindows::iterationEnded);
    }
    listener.iterationFinished(
        params.getType() == IterationType.WARMUP,
        data.getPrimaryResult().getScore(),
        data.getScoreUnit());
    full.ifPresent(output -> output.iterationResult(benchmark, params, iteration, data));
  }

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {
    full.ifPresent(output -> output.startBenchmark(benchmark));
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    full.ifPresent(output -> output.endBenchmark(result));
  }

  @Override
  public void startRun() {
    full.ifPresent(OutputFormat::startRun);
  }

  @Override
  public void endRun(Collection<RunResult> result) {}

  @Override
  public void print(String text) {
    full.ifPresent(output -> output.print(text));
  }

  /** What the latest fork said when it died, if it did. */
  LastWords lastWords() {
    return lastWords;
  }

  @Override
  public void println(String text) {
    lastWords.hear(text);
    full.ifPresent(output -> output.println(text));
  }

  @Override
  public void flush() {
    full.ifPresent(OutputFormat::flush);
  }

  /** JMH closes its output after every run; ours lasts as long as all of them. */
  @Override
  public void close() {}

  @Override
  public void verbosePrintln(String text) {
    full.ifPresent(output -> output.verbosePrintln(text));
  }

  @Override
  public void write(int octet) {
    listen(octet);
    full.ifPresent(output -> output.write(octet));
  }

  private void listen(int octet) {
    if (octet != '\n') {
      line.write(octet);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (text.startsWith(PREPARING)) {
      listener.preparing(text.substring(PREPARING.length()));
    }
  }

  @Override
  public void write(byte[] octets) throws IOException {
    for (byte octet : octets) {
      listen(octet);
    }
    if (full.isPresent()) {
      full.get().write(octets);
    }
  }
}
