package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.WorkloadSettings;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Which files of workloads and traces a fork reads and writes. A fork records into a file of its
 * own, for operations of several could not be performed again; workloads are read from the copy
 * that stays with the results.
 */
final class TracePlaces {

  private final RunDirectory directory;
  private final WorkloadSettings settings;

  TracePlaces(RunDirectory directory, WorkloadSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * The files of a fork.
   *
   * @param cell whose fork it is
   * @param number of the cell in the plan, from 1
   * @param fork from 0
   * @throws IOException if the directory of traces cannot be made
   */
  WorkloadFiles of(Cell cell, int number, int fork) throws IOException {
    Optional<WorkloadFiles.Recording> recording = Optional.empty();
    if (settings.recordTraces() && cell.records()) {
      Files.createDirectories(directory.traces());
      Path file = directory.traces().resolve(name(cell, number, fork));
      recording = Optional.of(WorkloadFiles.Recording.of(file, what(cell)));
    }
    return WorkloadFiles.of(
        settings.workloads().map(original -> directory.workloads()), recording, settings.trace());
  }

  private static String what(Cell cell) {
    return cell.parameters().getOrDefault(Cell.WORKLOAD_PARAMETER, cell.benchmark().shortName());
  }

  /**
   * {@code 003-web-home-t1-fork1.jsonl}, {@code 004-FileReadBenchmark.read-t1-fork1.jsonl}: every
   * part of it is a name that files may have.
   */
  private static String name(Cell cell, int number, int fork) {
    return String.format(
        Locale.ROOT,
        "%03d-%s-%s-fork%d.jsonl",
        number,
        what(cell),
        cell.parameters().get(Cell.TARGET_PARAMETER),
        fork + 1);
  }
}
