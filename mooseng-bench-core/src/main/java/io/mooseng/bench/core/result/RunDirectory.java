package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The directory a run writes as it goes.
 *
 * <p>Whatever happens to the process, what is there is a valid, shorter run: {@code run.json} is
 * replaced as a whole, and says {@code interrupted} until {@link #finish} is called. All methods
 * may be called from any thread, one at a time is let in.
 *
 * <p>Every method that writes throws {@link RunDirectoryException} with one line for a person, if
 * the directory cannot be written.
 */
public final class RunDirectory {

  private final Path path;
  private final Instant startedAt;
  private final Set<HistogramTag> logged = new HashSet<>();
  private RunRecord run;

  private RunDirectory(Path path, RunHeader header) {
    this.path = path;
    this.startedAt = header.startedAt();
    this.run = RunRecord.begun(header);
  }

  /** Makes {@code <out>/<run id>/} with a valid run of no results in it. */
  public static RunDirectory create(Path out, RunHeader header) {
    Path path = out.resolve(header.runId());
    RunDirectory directory = new RunDirectory(path, header);
    writing(
        path,
        () -> {
          Files.createDirectories(out);
          Files.createDirectory(path);
        });
    writing(directory.runJson(), () -> RunJson.write(directory.run, directory.runJson()));
    writing(directory.resultsCsv(), () -> ResultsCsv.begin(directory.resultsCsv()));
    writing(
        directory.histograms(),
        () -> HistogramLog.begin(directory.histograms(), header.startedAt()));
    return directory;
  }

  /**
   * Writes a row to all files. Where the run has a row of the same key (with fewer forks, or
   * without a verdict), the new one takes its place; histograms of forks that were written before
   * are not written again. A row that comes after the end is dropped: the end of an interrupted run
   * fails the row that was being measured.
   *
   * @param measurements what the row was computed from
   */
  public synchronized void add(ResultRecord result, List<ForkMeasurement> measurements) {
    if (hasEnded()) {
      return;
    }
    RunRecord newer = run.with(result);
    boolean isNew = newer.results().size() > run.results().size();
    List<ForkMeasurement> fresh =
        measurements.stream().filter(fork -> !logged.contains(tag(result, fork))).toList();
    writing(histograms(), () -> HistogramLog.append(histograms(), startedAt, result.key(), fresh));
    fresh.forEach(fork -> logged.add(tag(result, fork)));
    writing(
        resultsCsv(),
        () -> {
          if (isNew) {
            ResultsCsv.append(resultsCsv(), run.runId(), result);
          } else {
            ResultsCsv.replace(resultsCsv(), newer);
          }
        });
    replace(newer);
  }

  /** Appends a window of a long run to the samples, at once. */
  public synchronized void add(SoakSample sample) {
    if (!hasEnded()) {
      writing(samples(), () -> SamplesCsv.append(samples(), run.runId(), sample));
    }
  }

  /** Replaces the ceilings, which are measured during the run. */
  public synchronized void ceilings(Map<String, Ceiling> measured) {
    if (!hasEnded()) {
      replace(run.withCeilings(measured));
    }
  }

  /** Replaces the curves, which are known when all rows are. */
  public synchronized void scalability(List<ScalabilityRecord> curves) {
    if (!hasEnded()) {
      replace(run.withScalability(curves));
    }
  }

  /**
   * Marks the end. A run that would be complete but has a failed row is marked failed. The first
   * end holds.
   *
   * @return the whole run as it was written
   */
  public synchronized RunRecord finish(RunStatus status, Instant finishedAt) {
    if (!hasEnded()) {
      replace(run.finished(status, finishedAt));
    }
    return run;
  }

  private boolean hasEnded() {
    return run.finishedAt() != null;
  }

  /** The run as far as it has come. */
  public synchronized RunRecord run() {
    return run;
  }

  public Path path() {
    return path;
  }

  public Path runJson() {
    return path.resolve("run.json");
  }

  /** Where JMH's own JSON belongs; written by the JMH bridge, never for simulated rows. */
  public Path jmhJson() {
    return path.resolve("jmh.json");
  }

  public Path resultsCsv() {
    return path.resolve("results.csv");
  }

  public Path histograms() {
    return path.resolve("histograms.hlog");
  }

  public Path reportHtml() {
    return path.resolve("report.html");
  }

  /** Windows of a long run; not made before there are any. */
  public Path samples() {
    return path.resolve("samples.csv");
  }

  /** What was found in the samples; made when a long run ends. */
  public Path trends() {
    return path.resolve("trends.csv");
  }

  /** Where recorded operations belong; not made before there are any. */
  public Path traces() {
    return path.resolve("traces");
  }

  /** The workloads of the user's own that were run. */
  public Path workloads() {
    return path.resolve("workloads.yaml");
  }

  private void replace(RunRecord newer) {
    writing(runJson(), () -> RunJson.write(newer, runJson()));
    run = newer;
  }

  private static HistogramTag tag(ResultRecord result, ForkMeasurement measurement) {
    return new HistogramTag(result.key(), measurement.fork().fork(), HistogramTag.LATENCY);
  }

  private interface Write {
    void run() throws IOException;
  }

  private static void writing(Path file, Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw RunDirectoryException.notWritable(file, e);
    }
  }
}
