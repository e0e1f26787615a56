package io.mooseng.bench.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The ordered list of what will run.
 *
 * @param groups cells that differ in their target only; their forks are interleaved
 * @param notes what was left out and why, one line each
 * @param soak how rows are sampled, if each is measured for long
 */
public record Plan(List<List<Cell>> groups, List<String> notes, Optional<Soak> soak) {

  /**
   * Start and end of a server and of a fork, and setting up, on a slow machine of 2 cores; only
   * used to estimate.
   */
  private static final Duration FORK_OVERHEAD = Duration.ofSeconds(6);

  /** A system that a fork starts itself: some processes, their election, and their end. */
  private static final Duration SYSTEM_OVERHEAD = Duration.ofSeconds(5);

  /** Before a fork its emulated link is measured: streams, pings for a second, */
  private static final Duration LINK_STREAMS = Duration.ofSeconds(2);

  /** and some connections, whose answers take several round trips each. */
  private static final int LINK_ROUND_TRIPS = 15;

  public Plan {
    groups = groups.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
  }

  /** A plan in which rows take the time they take. */
  public Plan(List<List<Cell>> groups, List<String> notes) {
    this(groups, notes, Optional.empty());
  }

  /** Every cell, in order. */
  public List<Cell> cells() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /** About how long the plan takes. */
  public Duration estimate() {
    return cells().stream().map(Plan::estimate).reduce(Duration.ZERO, Duration::plus);
  }

  /** How often a cell is measured: once for each fork, or once without any. */
  public static int measurements(Cell cell) {
    return Math.max(1, cell.sizes().forks());
  }

  /** Whether anything is forked. */
  public boolean forks() {
    return cells().stream().anyMatch(Plan::forks);
  }

  private static boolean forks(Cell cell) {
    return cell.sizes().forks() > 0 && !cell.isSimulated();
  }

  /** Forks that only warm up; where nothing forks, or a model answers, there are none. */
  public static int warmupForks(Cell cell) {
    return forks(cell) && cell.sizes().warmupForks() != null ? cell.sizes().warmupForks() : 0;
  }

  /** About how long one cell takes, all its forks together. */
  public static Duration estimate(Cell cell) {
    return estimateOfFork(cell).multipliedBy(measurements(cell) + warmupForks(cell));
  }

  /**
   * About how long it takes to measure a cell once, with the forks that warm up for it.
   *
   * @param turn from 1; warm-up forks come before the first
   */
  public static Duration estimateOfTurn(Cell cell, int turn) {
    return estimateOfFork(cell).multipliedBy(turn == 1 ? 1 + warmupForks(cell) : 1);
  }

  /** About how long one fork of a cell takes, whether it measures or warms up. */
  public static Duration estimateOfFork(Cell cell) {
    Duration linkMeasured =
        cell.network()
            .map(link -> LINK_STREAMS.plus(link.path().rtt().multipliedBy(LINK_ROUND_TRIPS)))
            .orElse(Duration.ZERO);
    Duration systemStarted = cell.benchmark().startsSystem() ? SYSTEM_OVERHEAD : Duration.ZERO;
    return FORK_OVERHEAD.plus(linkMeasured).plus(systemStarted).plus(cell.sizes().perFork());
  }
}
