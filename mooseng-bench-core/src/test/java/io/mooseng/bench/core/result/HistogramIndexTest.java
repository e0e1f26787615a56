package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramIndexTest {

  @TempDir Path directory;

  @Test
  void findsWhatReadingTheWholeLogFinds() {
    Path log = saved();
    HistogramIndex index = HistogramIndex.open(log);
    Map<HistogramTag, Histogram> all = HistogramLog.read(log);
    assertThat(all).isNotEmpty();
    all.forEach(
        (tag, histogram) ->
            assertThat(index.byFork(tag.row(), tag.series()).get(tag.fork()))
                .as(tag.format())
                .isEqualTo(histogram));
  }

  @Test
  void knowsTheSeriesOfARowAndWhenItsForksWereMeasured() {
    HistogramIndex index = HistogramIndex.open(saved());
    SampleRuns.Entry entry = SampleRuns.entries().get(0);
    RowKey key = entry.result().key();
    assertThat(index.series(key)).containsExactly("latency", "stage.first-byte");
    Histogram second = index.byFork(key, HistogramTag.LATENCY).get(1);
    assertThat(second.getStartTimeStamp()).isEqualTo(SampleRuns.STARTED.toEpochMilli() + 1_000);
    assertThat(second.getEndTimeStamp()).isEqualTo(SampleRuns.STARTED.toEpochMilli() + 1_750);
  }

  @Test
  void addsForksUp() {
    HistogramIndex index = HistogramIndex.open(saved());
    SampleRuns.Entry entry = SampleRuns.entries().get(0);
    long operations =
        entry.measurements().stream().mapToLong(fork -> fork.latencyNanos().getTotalCount()).sum();
    assertThat(index.merged(entry.result().key(), HistogramTag.LATENCY).orElseThrow())
        .extracting(Histogram::getTotalCount)
        .isEqualTo(operations);
  }

  @Test
  void hasNothingForARowThatIsNotThere() {
    RowKey other = SampleRuns.row(Map.of()).key();
    assertThat(HistogramIndex.open(saved()).merged(other, HistogramTag.LATENCY)).isEmpty();
  }

  @Test
  void leavesOutALineThatWasCutShort() throws IOException {
    Path log = saved();
    Files.writeString(log, "Tag=a|b|none||0|latency,1.0", StandardOpenOption.APPEND);
    assertThat(HistogramIndex.open(log)).isNotNull();
  }

  @Test
  void namesTheFileAndTheLineThatIsNone() throws IOException {
    Path log = Files.writeString(directory.resolve("x.hlog"), "#[x]\nhello\n");
    assertThatThrownBy(() -> HistogramIndex.open(log))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageContaining("x.hlog")
        .hasMessageContaining("line 2");
  }

  private Path saved() {
    RunDirectory run = RunDirectory.create(directory, SampleRuns.header());
    SampleRuns.entries().forEach(entry -> run.add(entry.result(), entry.measurements()));
    return run.histograms();
  }
}
