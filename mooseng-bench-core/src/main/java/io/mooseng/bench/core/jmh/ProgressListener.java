package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.ResultRecord;

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

  /** A row is complete and saved. */
  void rowFinished(ResultRecord row);

  /** Something takes a while before the first fork, or in the set-up of one. */
  void preparing(String what);
}
