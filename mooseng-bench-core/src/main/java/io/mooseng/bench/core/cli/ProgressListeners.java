package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.jmh.ProgressListener;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.List;

/** Several listeners as one, told in order. */
record ProgressListeners(List<ProgressListener> all) implements ProgressListener {

  ProgressListeners {
    all = List.copyOf(all);
  }

  @Override
  public void forkStarted(Cell cell, int cellNumber, int fork) {
    all.forEach(one -> one.forkStarted(cell, cellNumber, fork));
  }

  @Override
  public void iterationStarted(boolean warmup, int iteration, int of) {
    all.forEach(one -> one.iterationStarted(warmup, iteration, of));
  }

  @Override
  public void iterationFinished(boolean warmup, double score, String unit) {
    all.forEach(one -> one.iterationFinished(warmup, score, unit));
  }

  @Override
  public void rowMeasured(ResultRecord row, List<ForkMeasurement> measurements) {
    all.forEach(one -> one.rowMeasured(row, measurements));
  }

  @Override
  public void windowMeasured(Window window) {
    all.forEach(one -> one.windowMeasured(window));
  }

  @Override
  public void rowFinished(ResultRecord row) {
    all.forEach(one -> one.rowFinished(row));
  }

  @Override
  public void preparing(String what) {
    all.forEach(one -> one.preparing(what));
  }
}
