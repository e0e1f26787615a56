package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.jmh.ProgressListener;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.report.SoakText;
import io.mooseng.bench.core.report.TrendsCsv;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.SoakSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the windows of a long run: each is written to the run directory as soon as it has ended, so
 * that it is there whatever becomes of the run. Safe for use by any number of threads: a run that
 * is interrupted asks from another one.
 */
final class SoakJournal implements ProgressListener {

  private final RunDirectory directory;
  private final List<List<SoakSample>> rows = new ArrayList<>();
  private Cell current;

  SoakJournal(RunDirectory directory) {
    this.directory = directory;
  }

  @Override
  public synchronized void forkStarted(Cell cell, int cellNumber, int fork) {
    current = cell;
    rows.add(new ArrayList<>());
  }

  @Override
  public synchronized void windowMeasured(Window window) {
    SoakSample sample =
        new SoakSample(
            current.benchmark().fullName(),
            current.parameters(),
            window.number(),
            window.from(),
            window.until(),
            Metrics.of(List.of(window.measured())));
    directory.add(sample);
    rows.get(rows.size() - 1).add(sample);
  }

  private List<List<SoakSample>> sampled() {
    return rows.stream().filter(samples -> !samples.isEmpty()).toList();
  }

  /** What the windows so far show, in lines for people. */
  synchronized List<String> lines() {
    List<String> lines = new ArrayList<>(SoakText.of(sampled()));
    if (!lines.isEmpty()) {
      lines.add("Samples: " + directory.samples());
    }
    return lines;
  }

  /**
   * Writes what was found to the run directory.
   *
   * @throws IOException if it cannot be written
   */
  synchronized void write() throws IOException {
    if (!sampled().isEmpty()) {
      Files.write(directory.trends(), TrendsCsv.render(sampled()).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void iterationStarted(boolean warmup, int iteration, int of) {}

  @Override
  public void rowFinished(ResultRecord row) {}

  @Override
  public void preparing(String what) {}
}
