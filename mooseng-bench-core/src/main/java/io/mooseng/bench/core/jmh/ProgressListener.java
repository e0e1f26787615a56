package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ResultRecord;
import java.time.Instant;
import java.util.List;

/** Hears how a run gets on; called by one thread. */
public interface ProgressListener {

  /**
   * A fork of a cell begins.
   *
   * @param cellNumber from 1
   * @param fork from 1
   */
  void forkStarted(Cell cell, int cellNumber, int fork);

  /** The current fork begins an iteration; {@code iteration} counts from 1. */
  void iterationStarted(boolean warmup, int iteration, int of);

  /**
   * The current fork has ended an iteration.
   *
   * @param score JMH's, for people to see that something happens: no result
   */
  default void iterationFinished(boolean warmup, double score, String unit) {}

  /**
   * A row has been measured as far as this, and is saved.
   *
   * @param measurements of its forks so far
   */
  default void rowMeasured(ResultRecord row, List<ForkMeasurement> measurements) {}

  /**
   * A window of a long run has ended: all that the current fork recorded in it.
   *
   * @param number from 0
   * @param from by the clock of this machine, as is {@code until}
   */
  record Window(int number, Instant from, Instant until, ForkMeasurement measured) {}

  /** The current fork has ended a window; only in a long run. */
  default void windowMeasured(Window window) {}

  /** A row is complete and saved. */
  void rowFinished(ResultRecord row);

  /** Something takes a while before the first fork, or in the set-up of one. */
  void preparing(String what);
}
