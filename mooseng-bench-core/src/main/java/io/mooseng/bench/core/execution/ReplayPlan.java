package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.model.Concurrency;
import io.mooseng.bench.core.workload.arrival.Arrivals;
import io.mooseng.bench.core.workload.mix.InitialFile;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import io.mooseng.bench.core.workload.trace.TraceHeader;
import io.mooseng.bench.core.workload.trace.TraceReader;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 * @param mostUnderWay most operations that were under way at once when it was recorded, counted
 *     from the starts they were intended to have: where a target did not keep up, its backlog too
 */
public record ReplayPlan(
    TraceHeader header,
    List<String> directories,
    List<InitialFile> files,
    List<Operation> operations,
    int mostUnderWay) {

  /**
   * One operation.
   *
   * @param client number of the client, from 0
   * @param startNanos from the begin of the trace; not before that of any in {@code after}
   * @param after indices of operations on the same file that must have ended before this one starts
   * @param late whether the name it wanted was taken
   */
  public record Operation(
      PlannedOperation planned, int client, long startNanos, int[] after, boolean late) {}

  public ReplayPlan {
    directories = List.copyOf(directories);
    files = List.copyOf(files);
    operations = List.copyOf(operations);
  }

  /**
   * An operation in the order of the trace.
   *
   * @param startNanos as recorded, or that of an operation it must not overtake, if that is later
   * @param after places of these in the order of the trace
   */
  private record Line(TracedOperation operation, long fileId, long startNanos, int[] after) {}

  /**
   * Reads a trace and makes sure that it can be replayed.
   *
   * @param origin names the file in messages: {@code --trace FILE}
   * @throws ConfigurationException in one line that names file, line and what is wrong: it is no
   *     trace, was cut short, has more clients than a replay, takes longer than any schedule, or
   *     its operations contradict each other
   */
  public static ReplayPlan read(String origin, Path file) {
    try (TraceReader reader = TraceReader.open(origin, file)) {
      requireClients(origin, reader.header().clients());
      ReplayFiles state = new ReplayFiles();
      List<Line> lines = lines(origin, reader, state);
      return new ReplayPlan(
          reader.header(),
          state.directories(),
          state.initial(),
          inOrderOfStarts(lines),
          mostUnderWay(lines.stream().map(Line::operation).toList()));
    } catch (IOException e) {
      throw new ConfigurationException(origin + ": cannot be read: " + e.getMessage());
    }
  }

  private static void requireClients(String origin, int clients) {
    if (clients > Concurrency.MOST) {
      throw new ConfigurationException(
          "%s: line 1: key 'clients': %d: accepted: a whole number from 1 to %d"
              .formatted(origin, clients, Concurrency.MOST));
    }
  }

  /**
   * Lines are in the order of ends, and whatever was planned because another operation had ended
   * ended later itself: so in this order every file is as its next operation found it.
   */
  private static List<Line> lines(String origin, TraceReader reader, ReplayFiles state) {
    List<Line> lines = new ArrayList<>();
    TraceSpan span = new TraceSpan();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      int number = numberOf(lines.size());
      if (lines.size() == TraceReader.MOST_REPLAYED) {
        throw new ConfigurationException(
            "%s: line %d: accepted: up to %,d operations"
                .formatted(origin, number, TraceReader.MOST_REPLAYED));
      }
      try {
        span.add(next.get());
        lines.add(line(next.get(), state, lines));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            "%s: line %d: %s".formatted(origin, number, e.getMessage()));
      }
    }
    if (reader.cut().isPresent()) {
      throw new ConfigurationException(
          "%s: line %d is cut short, as by the end of the run that wrote it; remove that line to"
                  .formatted(origin, numberOf(lines.size()))
              + " replay what is before it");
    }
    if (lines.isEmpty()) {
      throw new ConfigurationException(origin + ": line 1: no operation follows the header");
    }
    state.clash().ifPresent(clash -> refuse(origin, clash));
    return lines;
  }

  private static void refuse(String origin, NameClashes.Clash clash) {
    throw new ConfigurationException(
        "%s: line %d: '%s' was made, but its name was taken"
            .formatted(origin, numberOf(clash.index()), clash.path()));
  }

  /** The number of the line of an operation; line 1 is the header. */
  private static int numberOf(int index) {
    return index + 2;
  }

  private static Line line(TracedOperation traced, ReplayFiles state, List<Line> before) {
    ReplayFiles.Use use = state.use(traced, before.size());
    planned(traced, use.fileId(), 0); // refuses what cannot be
    long start = traced.startNanos();
    for (int earlier : use.after()) {
      start = Math.max(start, before.get(earlier).startNanos());
    }
    return new Line(traced, use.fileId(), start, use.after());
  }

  /** By the recorded times; one that ends when another starts is over by then. */
  static int mostUnderWay(List<TracedOperation> operations) {
    long[] starts = operations.stream().mapToLong(TracedOperation::startNanos).sorted().toArray();
    long[] ends = operations.stream().mapToLong(TracedOperation::endNanos).sorted().toArray();
    int most = 0;
    int ended = 0;
    for (int started = 1; started <= starts.length; started++) {
      while (ends[ended] <= starts[started - 1] && ended < started - 1) {
        ended++;
      }
      most = Math.max(most, started - ended);
    }
    return most;
  }

  private static List<Operation> inOrderOfStarts(List<Line> lines) {
    Integer[] order = new Integer[lines.size()];
    Arrays.setAll(order, place -> place);
    // Stable: of one start, what ended first comes first.
    Arrays.sort(order, Comparator.comparingLong(place -> lines.get(place).startNanos()));
    int[] indexOf = new int[order.length];
    for (int index = 0; index < order.length; index++) {
      indexOf[order[index]] = index;
    }
    long begin = lines.get(order[0]).startNanos();
    List<Operation> operations = new ArrayList<>(order.length);
    for (int index = 0; index < order.length; index++) {
      Line line = lines.get(order[index]);
      operations.add(
          new Operation(
              planned(line.operation(), line.fileId(), index),
              line.operation().client(),
              line.startNanos() - begin,
              Arrays.stream(line.after()).map(place -> indexOf[place]).toArray(),
              ReplayFiles.late(line.operation())));
    }
    return operations;
  }

  private static PlannedOperation planned(TracedOperation traced, long fileId, int index) {
    return new PlannedOperation(
        index,
        traced.operation(),
        traced.operation(),
        fileId,
        traced.path(),
        traced.to(),
        traced.size(),
        traced.offset(),
        traced.length());
  }

  /** How many clients have an operation. */
  public int activeClients() {
    return (int) operations.stream().mapToInt(Operation::client).distinct().count();
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
