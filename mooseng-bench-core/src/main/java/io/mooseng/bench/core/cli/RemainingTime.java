package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long a run still takes: the plan's estimate of the forks that are left, times the pace of
 * those that have ended. The pace is the time they took over the time they were to take, in which
 * the estimate itself counts as much as one fork does: a single slow start says little.
 *
 * <p>The clock starts with the first fork. Used by one thread.
 */
final class RemainingTime {

  private final Plan plan;
  private final LongSupplier nanoTime;
  private final Map<Cell, Integer> begun = new HashMap<>();
  private Duration ended = Duration.ZERO;
  private Duration current = Duration.ZERO;
  private Duration first = Duration.ZERO;
  private long startNanos;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RemainingTime(Plan plan, LongSupplier nanoTime) {
    this.plan = plan;
    this.nanoTime = nanoTime;
  }

  /**
   * A fork begins.
   *
   * @param fork of this cell, from 1
   * @return the time that is left, this fork's included
   */
  Duration atStartOf(Cell cell, int fork) {
    if (begun.isEmpty()) {
      startNanos = nanoTime.getAsLong();
      first = Plan.estimateOfTurn(cell, fork);
    }
    ended = ended.plus(current);
    Duration left = leftFrom(cell, fork);
    current = Plan.estimateOfTurn(cell, fork);
    begun.put(cell, fork);
    return Duration.ofNanos((long) (left.toNanos() * pace()));
  }

  private double pace() {
    double prior = first.toNanos();
    return (nanoTime.getAsLong() - startNanos + prior) / (ended.toNanos() + prior);
  }

  /** Groups run one after the other; within one, cells take turns. */
  private Duration leftFrom(Cell cell, int fork) {
    int group = 0;
    while (!plan.groups().get(group).contains(cell)) {
      group++;
    }
    Duration left = Duration.ZERO;
    for (Cell sharing : plan.groups().get(group)) {
      left = left.plus(leftOf(sharing, fork));
    }
    for (List<Cell> later : plan.groups().subList(group + 1, plan.groups().size())) {
      for (Cell whole : later) {
        left = left.plus(Plan.estimate(whole));
      }
    }
    return left;
  }

  /** A cell that was not begun in the round before has failed, and has no more turns. */
  private Duration leftOf(Cell cell, int round) {
    int turns = begun.getOrDefault(cell, 0);
    Duration left = Duration.ZERO;
    if (turns >= round - 1) {
      for (int turn = turns + 1; turn <= Plan.measurements(cell); turn++) {
        left = left.plus(Plan.estimateOfTurn(cell, turn));
      }
    }
    return left;
  }
}
