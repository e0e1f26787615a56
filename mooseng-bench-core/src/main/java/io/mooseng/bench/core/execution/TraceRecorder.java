package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import io.mooseng.bench.core.workload.trace.TraceHeader;
import io.mooseng.bench.core.workload.trace.TraceWriter;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Writes operations that have ended to a trace, by the threads that performed them, outside of what
 * is timed. Safe for use by any number of threads.
 */
public final class TraceRecorder implements OperationListener, AutoCloseable {

  private final TraceWriter writer;
  private final long beginNanos;
  private final BooleanSupplier wanted;
  private final Function<IOException, RuntimeException> broken;

  private TraceRecorder(
      TraceWriter writer,
      long beginNanos,
      BooleanSupplier wanted,
      Function<IOException, RuntimeException> broken) {
    this.writer = writer;
    this.beginNanos = beginNanos;
    this.wanted = wanted;
    this.broken = broken;
  }

  /**
   * Begins a trace.
   *
   * @param file is made
   * @param ticker the clock of the operations
   * @param wanted whether what ends now belongs into the trace: what warms up does not
   * @param broken makes what is thrown when the trace cannot be written
   */
  public static TraceRecorder begin(
      Path file,
      String workload,
      long seed,
      int clients,
      Ticker ticker,
      BooleanSupplier wanted,
      Function<IOException, RuntimeException> broken) {
    TraceHeader header = new TraceHeader(workload, seed, clients, Instant.now());
    long begin = ticker.nanoTime();
    try {
      return new TraceRecorder(TraceWriter.create(file, header), begin, wanted, broken);
    } catch (IOException e) {
      throw broken.apply(e);
    }
  }

  @Override
  public void ended(
      PlannedOperation operation, int client, OperationTrace trace, Optional<FailureKind> failure) {
    if (!wanted.getAsBoolean()) {
      return;
    }
    long start = trace.scheduled() ? trace.intendedStartNanos() : trace.startNanos();
    writing(
        () ->
            writer.write(
                TracedOperation.of(
                    operation, client, start - beginNanos, trace.endNanos() - start, failure)));
  }

  /** Hands what was written so far to the operating system, where a kill does not reach it. */
  public void flush() {
    writing(writer::flush);
  }

  @Override
  public void close() {
    writing(writer::close);
  }

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
