package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A run as it enters a report.
 *
 * @param histograms empty if they are not there: a {@code run.json} that was copied alone
 */
public record ReportedRun(RunRecord run, Optional<HistogramIndex> histograms) {

  private static final String LOG = "histograms.hlog";

  /**
   * Reads a run, without values of single iterations: no report shows them.
   *
   * @param directoryOrFile a run directory, or its {@code run.json}
   * @throws io.mooseng.bench.core.result.RunDirectoryException with one line naming the file
   */
  public static ReportedRun read(Path directoryOrFile) {
    Path log =
        Files.isDirectory(directoryOrFile)
            ? directoryOrFile.resolve(LOG)
            : directoryOrFile.resolveSibling(LOG);
    // At the same time: of a large run, each takes a second or two.
    CompletableFuture<Optional<HistogramIndex>> histograms =
        CompletableFuture.supplyAsync(
            () -> Files.exists(log) ? Optional.of(HistogramIndex.open(log)) : Optional.empty());
    RunRecord run = RunReader.readWithValues(directoryOrFile, Set.of());
    try {
      return new ReportedRun(run, histograms.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
