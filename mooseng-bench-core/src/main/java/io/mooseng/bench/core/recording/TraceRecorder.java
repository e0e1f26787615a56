package io.mooseng.bench.core.recording;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.Concurrency;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.target.OperationListener;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.trace.TraceHeader;
import io.mooseng.bench.core.workload.trace.TraceReader;
import io.mooseng.bench.core.workload.trace.TraceWriter;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the calls of measured operations to a trace when their operation has ended, by the threads
 * that performed it, outside of what is timed. Safe for use by any number of threads.
 */
public final class TraceRecorder implements OperationListener, AutoCloseable {

  /** More than any machine has under way at once. */
  private static final int MOST_CLIENTS = 1_000_000;

  /** A call that was refused comes after those that were not: one of them may have been why. */
  private static final Comparator<Noted> ORDER =
      Comparator.<Noted, Boolean>comparing(call -> call.failedAs(FailureKind.ALREADY_EXISTS))
          .thenComparingLong(Noted::endNanos);

  private final Path file;
  private final TraceWriter writer;
  private final TargetNode root = TargetNode.root();
  private final Ticker ticker;
  private final long beginNanos;
  private final BooleanSupplier wanted;
  private final Function<IOException, RuntimeException> broken;
  private final TraceClients clients = new TraceClients();
  private final Transcription transcription;
  private long written;
  private boolean closed;

  private TraceRecorder(
      Path file,
      TraceWriter writer,
      Optional<String> runRoot,
      Ticker ticker,
      long beginNanos,
      BooleanSupplier wanted,
      Function<IOException, RuntimeException> broken) {
    this.file = file;
    this.writer = writer;
    this.ticker = ticker;
    this.beginNanos = beginNanos;
    this.wanted = wanted;
    this.broken = broken;
    TargetNode base = runRoot.map(root::makeDirectory).orElse(root);
    this.transcription = new Transcription(new TraceNames(base), this::write);
  }

  /**
   * Begins a trace.
   *
   * @param file is made
   * @param what is recorded: the name of a workload, or of a benchmark
   * @param runRoot name of the directory, in the root of the target, from which paths count; empty
   *     for the root itself
   * @param ticker the clock of the operations
   * @param wanted whether what ends now belongs into the trace: what warms up does not
   * @param broken makes what is thrown when the trace cannot be written
   */
  public static TraceRecorder begin(
      Path file,
      String what,
      long seed,
      Optional<String> runRoot,
      Ticker ticker,
      BooleanSupplier wanted,
      Function<IOException, RuntimeException> broken) {
    TraceHeader header = new TraceHeader(what, seed, 1, Instant.now());
    long beginNanos = ticker.nanoTime();
    try {
      TraceWriter writer = TraceWriter.create(file, header, MOST_CLIENTS);
      return new TraceRecorder(file, writer, runRoot, ticker, beginNanos, wanted, broken);
    } catch (IOException e) {
      throw broken.apply(e);
    }
  }

  /** The driver to be used instead, so that its calls are noted; closed in its place. */
  public TargetDriver around(TargetDriver driver) {
    return new RecordingDriver(driver, root, ticker);
  }

  @Override
  public void ended(OperationTrace trace, Optional<FailureKind> failure) {
    if (trace.calls().isEmpty() || !wanted.getAsBoolean()) {
      return;
    }
    List<Noted> calls = callsOf(trace);
    if (failure.isPresent() && calls.stream().allMatch(call -> call.failure().isEmpty())) {
      calls.get(calls.size() - 1).failedAfterAll(failure.get());
    }
    if (trace.scheduled()) {
      calls.stream()
          .min(Comparator.comparingLong(Noted::startNanos))
          .orElseThrow()
          .intendedStart(trace.intendedStartNanos());
    }
    synchronized (this) {
      if (!closed) {
        calls.stream().sorted(ORDER).forEach(transcription::take);
      }
    }
  }

  /** In the order in which they were noted, the pages of a listing as one. */
  private static List<Noted> callsOf(OperationTrace trace) {
    List<Noted> calls = new ArrayList<>();
    trace.calls().forEach(call -> add(calls, (Noted) call));
    return calls;
  }

  private static void add(List<Noted> calls, Noted next) {
    if (next.offset() > 0) {
      for (int i = calls.size() - 1; i >= 0; i--) {
        if (next.continues(calls.get(i))) {
          calls.get(i).extendedBy(next);
          return;
        }
      }
    }
    calls.add(next);
  }

  private void write(Noted call, String path, Optional<String> to, long size) {
    long start = call.intendedStartNanos();
    TracedOperation operation =
        new TracedOperation(
            start - beginNanos,
            clients.numberOf(call),
            call.operation(),
            path,
            to,
            size,
            call.movedFrom(),
            call.length(),
            call.failure(),
            call.endNanos() - start);
    writing(() -> writer.write(operation));
    written++;
  }

  /** Hands what was written so far to the operating system, where a kill does not reach it. */
  public synchronized void flush() {
    if (!closed) {
      writing(writer::flush);
    }
  }

  /** What must be known of the trace, in a line each; after it was closed. */
  public synchronized List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (!transcription.unsaid().isEmpty()) {
      long calls = transcription.unsaid().values().stream().mapToLong(Long::longValue).sum();
      String sorts =
          transcription.unsaid().entrySet().stream()
              .map(sort -> String.format(Locale.ROOT, "%,d %s", sort.getValue(), sort.getKey()))
              .collect(Collectors.joining(", "));
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d calls are not in the trace, for traces cannot say them: %s",
              calls,
              sorts));
    }
    if (closed && written == 0) {
      remarks.add("there is no trace: no operation that could be in it was measured");
    }
    if (written > TraceReader.MOST_REPLAYED) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "the trace has %,d operations; a replay takes up to %,d",
              written,
              TraceReader.MOST_REPLAYED));
    }
    if (clients.count() > Concurrency.MOST) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "the trace has %,d clients; a replay takes up to %,d",
              clients.count(),
              Concurrency.MOST));
    }
    return remarks;
  }

  /** Ends the trace; what ends later is not in it. One without operations is removed. */
  @Override
  public synchronized void close() {
    if (!closed) {
      transcription.end();
      closed = true;
      writing(writer::close);
      if (written == 0) {
        writing(() -> Files.delete(file));
      }
    }
  }

  @FunctionalInterface
  private interface Write {
    void perform() throws IOException;
  }

  private void writing(Write write) {
    try {
      write.perform();
    } catch (IOException e) {
      throw broken.apply(e);
    }
  }
}
