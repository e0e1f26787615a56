package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.workload.arrival.Arrivals;
import io.mooseng.bench.core.workload.mix.InitialFile;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import io.mooseng.bench.core.workload.trace.TraceHeader;
import io.mooseng.bench.core.workload.trace.TraceReader;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a trace asks for: the files and directories its operations need before the first of them,
 * and the operations in the order in which they were to start. Immutable.
 *
 * @param directories to be made, each after the one it lies in
 * @param files to be made
 * @param operations in order of {@link Operation#startNanos}
 */
public record ReplayPlan(
    TraceHeader header,
    List<String> directories,
    List<InitialFile> files,
    List<Operation> operations) {

  /** What fits a heap of 1 GB comfortably. */
  static final int MOST_OPERATIONS = 2_000_000;

  /**
   * One operation.
   *
   * @param client number of the client, from 0
   * @param startNanos from the begin of the trace
   * @param after indices of operations on the same file that must have ended before this one starts
   */
  public record Operation(PlannedOperation planned, int client, long startNanos, int[] after) {}

  public ReplayPlan {
    directories = List.copyOf(directories);
    files = List.copyOf(files);
    operations = List.copyOf(operations);
  }

  private record Line(TracedOperation operation, long number) {}

  /**
   * Reads a trace and makes sure that it can be replayed.
   *
   * @param origin names the file in messages: {@code --trace FILE}
   * @throws ConfigurationException in one line that names file, line and what is wrong: it is no
   *     trace, was cut short, or its operations contradict each other
   */
  public static ReplayPlan read(String origin, Path file) {
    try (TraceReader reader = TraceReader.open(origin, file)) {
      List<Line> lines = lines(origin, reader);
      ReplayFiles state = new ReplayFiles();
      List<Operation> operations = new ArrayList<>(lines.size());
      long begin = lines.get(0).operation().startNanos();
      for (Line line : lines) {
        operations.add(operation(origin, line, state, operations.size(), begin));
      }
      return new ReplayPlan(reader.header(), state.directories(), state.initial(), operations);
    } catch (IOException e) {
      throw new ConfigurationException(origin + ": cannot be read: " + e.getMessage());
    }
  }

  private static List<Line> lines(String origin, TraceReader reader) {
    List<Line> lines = new ArrayList<>();
    // Line 1 is the header.
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      lines.add(new Line(next.get(), lines.size() + 2L));
      if (lines.size() > MOST_OPERATIONS) {
        throw new ConfigurationException(
            "%s: line %d: accepted: up to %,d operations"
                .formatted(origin, lines.size() + 1L, MOST_OPERATIONS));
      }
    }
    if (reader.cut().isPresent()) {
      throw new ConfigurationException(
          "%s: line %d is cut short, as by the end of the run that wrote it; remove that line to"
                  .formatted(origin, lines.size() + 2L)
              + " replay what is before it");
    }
    if (lines.isEmpty()) {
      throw new ConfigurationException(origin + ": line 1: no operation follows the header");
    }
    // Lines are in order of ends. Of one start, what ended first was planned first.
    lines.sort(Comparator.comparingLong(line -> line.operation().startNanos()));
    return lines;
  }

  private static Operation operation(
      String origin, Line line, ReplayFiles state, int index, long begin) {
    TracedOperation traced = line.operation();
    try {
      ReplayFiles.Use use = state.use(traced, index);
      PlannedOperation planned =
          new PlannedOperation(
              index,
              traced.operation(),
              traced.operation(),
              use.fileId(),
              traced.path(),
              traced.to(),
              traced.size(),
              traced.offset(),
              traced.length());
      return new Operation(planned, traced.client(), traced.startNanos() - begin, use.after());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s: line %d: %s".formatted(origin, line.number(), e.getMessage()));
    }
  }

  /** A pass through the starts, in the order of the operations. */
  public Arrivals arrivals() {
    AtomicInteger next = new AtomicInteger();
    return () -> {
      int index = next.getAndIncrement();
      return index < operations.size() ? operations.get(index).startNanos() : Arrivals.END;
    };
  }

  /** From the first start to the last. */
  public long lengthNanos() {
    return operations.get(operations.size() - 1).startNanos();
  }
}
