package io.mooseng.bench.core.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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

  /** Adds a row with the histograms it came from to all files. */
  public synchronized void add(ResultRecord result, List<ForkMeasurement> measurements) {
    RunRecord more = run.with(result);
    writing(
        histograms(),
        () -> HistogramLog.append(histograms(), startedAt, result.key(), measurements));
    writing(resultsCsv(), () -> ResultsCsv.append(resultsCsv(), run.runId(), result));
    replace(more);
  }

  /** Replaces the ceilings, which are measured during the run. */
  public synchronized void ceilings(Map<String, Ceiling> measured) {
    replace(run.withCeilings(measured));
  }

  /**
   * Marks the end. A run that would be complete but has a failed row is marked failed.
   *
   * @return the whole run as it was written
   */
  public synchronized RunRecord finish(RunStatus status, Instant finishedAt) {
    replace(run.finished(status, finishedAt));
    return run;
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

  private void replace(RunRecord newer) {
    writing(runJson(), () -> RunJson.write(newer, runJson()));
    run = newer;
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
