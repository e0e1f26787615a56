package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run as it enters a report.
 *
 * @param histograms empty if they are not there: a {@code run.json} that was copied alone
 */
public record ReportedRun(RunRecord run, Optional<HistogramIndex> histograms) {

  private static final String LOG = "histograms.hlog";

  /**
   * Reads a run.
   *
   * @param directoryOrFile a run directory, or its {@code run.json}
   * @throws io.mooseng.bench.core.result.RunDirectoryException with one line naming the file
   */
  public static ReportedRun read(Path directoryOrFile) {
    RunRecord run = RunReader.read(directoryOrFile);
    Path log =
        Files.isDirectory(directoryOrFile)
            ? directoryOrFile.resolve(LOG)
            : directoryOrFile.resolveSibling(LOG);
    return new ReportedRun(
        run, Files.exists(log) ? Optional.of(HistogramIndex.open(log)) : Optional.empty());
  }
}
