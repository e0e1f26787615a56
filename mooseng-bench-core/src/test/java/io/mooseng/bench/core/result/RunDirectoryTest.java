package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.model.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunDirectoryTest {

  @TempDir Path out;

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void writesTheGoldenFiles() {
    Golden.assertSame("run-v4.json", () -> text(finished().runJson()));
    Golden.assertSame("results.csv", () -> text(finished().resultsCsv()));
    Golden.assertSame("histograms.hlog.txt", () -> withoutPayload(text(finished().histograms())));
  }

  @Test
  void theNameIsTheUtcStartAndTheShortId() {
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    assertThat(directory.path()).isEqualTo(out.resolve("20260301T102030Z-a1b2c3"));
    assertThat(directory.jmhJson()).isEqualTo(directory.path().resolve("jmh.json"));
  }

  @Test
  void aRunThatNeverFinishesIsAValidShorterRun() {
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    assertThat(RunReader.read(directory.path()).results()).isEmpty();
    SampleRuns.Entry first = SampleRuns.entries().get(0);
    directory.add(first.result(), first.measurements());
    RunRecord read = RunReader.read(directory.path());
    assertThat(read.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(read.finishedAt()).isNull();
    assertThat(read.results()).containsExactly(first.result());
  }

  @Test
  void aRunWithAFailedRowIsNeverComplete() {
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    directory.add(SampleRuns.entries().get(2).result(), List.of());
    RunRecord run = directory.finish(RunStatus.COMPLETE, SampleRuns.FINISHED);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(RunReader.read(directory.runJson())).isEqualTo(run);
  }

  @Test
  void nothingChangesARunAfterItsEnd() {
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    SampleRuns.Entry first = SampleRuns.entries().get(0);
    directory.add(first.result(), first.measurements());
    RunRecord end = directory.finish(RunStatus.INTERRUPTED, SampleRuns.FINISHED);
    Map<HistogramTag, Histogram> histograms = HistogramLog.read(directory.histograms());

    SampleRuns.Entry late = SampleRuns.entries().get(2);
    directory.add(late.result(), late.measurements());
    directory.ceilings(Map.of("late", new Ceiling(1.0, "B/s")));
    directory.scalability(SampleRuns.scalability());
    directory.finish(RunStatus.COMPLETE, SampleRuns.FINISHED.plusSeconds(1));

    assertThat(directory.run()).isEqualTo(end);
    assertThat(RunReader.read(directory.runJson())).isEqualTo(end);
    assertThat(HistogramLog.read(directory.histograms())).isEqualTo(histograms);
  }

  @Test
  void windowsAreAppendedOneByOneUntilTheEnd() throws IOException {
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    assertThat(directory.samples()).doesNotExist();
    directory.add(sample(0));
    String first = text(directory.samples());
    assertThat(first)
        .isEqualTo(
            "run_id,benchmark,params,window,from,until,metric,value,unit,direction,n\r\n"
                + "20260301T102030Z-a1b2c3,org.example.Read.read,size=1%20KB;target=embedded,0,"
                + "2026-03-01T10:00:00Z,2026-03-01T10:01:00.500Z,latency.p50,1200,ns,lower,20\r\n"
                + "20260301T102030Z-a1b2c3,org.example.Read.read,size=1%20KB;target=embedded,0,"
                + "2026-03-01T10:00:00Z,2026-03-01T10:01:00.500Z,latency.p99,,ns,lower,20\r\n");
    directory.add(sample(1));
    assertThat(text(directory.samples())).startsWith(first).hasLineCount(5);
    directory.finish(RunStatus.INTERRUPTED, SampleRuns.FINISHED);
    directory.add(sample(2));
    assertThat(text(directory.samples())).hasLineCount(5);
  }

  private static SoakSample sample(int window) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put("latency.p50", Metric.of(1_200, "ns", Direction.LOWER, 20));
    metrics.put("latency.p99", Metric.of(Double.NaN, "ns", Direction.LOWER, 20));
    Instant from = Instant.parse("2026-03-01T10:00:00Z");
    return new SoakSample(
        "org.example.Read.read",
        Map.of("target", "embedded", "size", "1 KB"),
        window,
        from,
        from.plusMillis(60_500),
        metrics);
  }

  @Test
  void leavesNoTemporaryFile() throws IOException {
    try (Stream<Path> files = Files.list(finished().path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("run.json", "results.csv", "histograms.hlog");
    }
  }

  @Test
  void histogramsAreReadBackUnderTheirTags() {
    Map<HistogramTag, Histogram> read = HistogramLog.read(finished().histograms());
    int expected = 0;
    for (SampleRuns.Entry entry : SampleRuns.entries()) {
      RowKey key = entry.result().key();
      for (ForkMeasurement fork : entry.measurements()) {
        int index = fork.fork().fork();
        assertThat(read.get(new HistogramTag(key, index, HistogramTag.LATENCY)))
            .isEqualTo(fork.latencyNanos());
        expected += 1 + fork.seriesNanos().size();
        fork.seriesNanos()
            .forEach(
                (name, histogram) ->
                    assertThat(read.get(new HistogramTag(key, index, name))).isEqualTo(histogram));
      }
    }
    assertThat(read).hasSize(expected);
  }

  @Test
  void aLogCutOffInTheMiddleOfALineLosesThatLineOnly() throws IOException {
    Path log = finished().histograms();
    int all = HistogramLog.read(log).size();
    String text = text(log);
    Files.writeString(log, text.substring(0, text.length() - 5));
    assertThat(HistogramLog.read(log)).hasSize(all - 1);
    Files.writeString(log, text + "Tag=nonsense,0.000,1.000,1.000,HISTFAAAABB42pNpmSzMwMAg");
    assertThat(HistogramLog.read(log)).hasSize(all);
  }

  @Test
  void aFileInTheWayIsOneClearLine() throws IOException {
    Path file = Files.writeString(out.resolve("taken"), "");
    assertThatThrownBy(() -> RunDirectory.create(file, SampleRuns.header()))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageStartingWith("cannot write " + file.resolve("20260301T102030Z-a1b2c3") + ": ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void theSameRunTwiceIsRefused() {
    RunDirectory.create(out, SampleRuns.header());
    assertThatThrownBy(() -> RunDirectory.create(out, SampleRuns.header()))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageContaining("20260301T102030Z-a1b2c3 exists and is in the way");
  }

  @Test
  void aFullDiskIsOneClearLine() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    Files.delete(directory.histograms());
    Files.createSymbolicLink(directory.histograms(), full);
    SampleRuns.Entry first = SampleRuns.entries().get(0);
    assertThatThrownBy(() -> directory.add(first.result(), first.measurements()))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessage("cannot write " + directory.histograms() + ": No space left on device");
    assertThat(RunReader.read(directory.path()).results()).isEmpty();
  }

  @Test
  void aRowThatGrowsForkByForkEndsAsIfAddedAtOnce() throws IOException {
    SampleRuns.Entry whole = SampleRuns.entries().get(3);
    RunDirectory atOnce = RunDirectory.create(out.resolve("once"), SampleRuns.header());
    RunDirectory growing = RunDirectory.create(out.resolve("growing"), SampleRuns.header());
    SampleRuns.Entry other = SampleRuns.entries().get(0);
    RowHeader row =
        RowHeader.of(
            whole.result().qualifiedName(),
            whole.result().jmhMode(),
            whole.result().params(),
            whole.result().fidelity(),
            null,
            whole.result().target(),
            whole.result().network());
    atOnce.add(ResultRecord.measured(row, whole.measurements()), whole.measurements());
    atOnce.add(other.result(), other.measurements());
    growing.add(
        ResultRecord.measured(row, whole.measurements().subList(0, 1)),
        whole.measurements().subList(0, 1));
    growing.add(other.result(), other.measurements());
    growing.add(ResultRecord.measured(row, whole.measurements()), whole.measurements());
    assertThat(growing.run()).isEqualTo(atOnce.run());
    assertThat(growing.runJson()).hasSameBinaryContentAs(atOnce.runJson());
    assertThat(growing.resultsCsv()).hasSameBinaryContentAs(atOnce.resultsCsv());
    assertThat(HistogramLog.read(growing.histograms()))
        .isEqualTo(HistogramLog.read(atOnce.histograms()));
  }

  @Test
  void aReaderNeverSeesHalfARun() throws Exception {
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    AtomicBoolean finished = new AtomicBoolean();
    CompletableFuture<Integer> seen =
        CompletableFuture.supplyAsync(
            () -> {
              int most = 0;
              while (!finished.get()) {
                most = Math.max(most, RunReader.read(directory.path()).results().size());
              }
              return most;
            });
    try {
      for (int round = 0; round < 30; round++) {
        SampleRuns.entries().forEach(entry -> directory.add(entry.result(), entry.measurements()));
      }
    } finally {
      finished.set(true);
    }
    assertThat(seen.get()).isLessThanOrEqualTo(SampleRuns.entries().size());
  }

  @Test
  void whenWritingFailsWhatWasThereStaysReadable() throws IOException {
    RunDirectory directory = RunDirectory.create(out, SampleRuns.header());
    SampleRuns.Entry first = SampleRuns.entries().get(0);
    directory.add(first.result(), first.measurements());
    // A directory in the place of the temporary file: also for root the write fails.
    Path temporary = Files.createDirectory(directory.path().resolve("run.json.tmp"));
    Files.writeString(temporary.resolve("keep"), "");
    SampleRuns.Entry second = SampleRuns.entries().get(1);
    assertThatThrownBy(() -> directory.add(second.result(), second.measurements()))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageStartingWith("cannot write " + directory.runJson() + ": ")
        .hasMessageNotContaining("\n");
    assertThat(RunReader.read(directory.path()).results()).containsExactly(first.result());
    assertThat(directory.run().results()).containsExactly(first.result());
  }

  private RunDirectory finished() {
    Path fresh = out.resolve("run-" + runs.incrementAndGet());
    RunDirectory directory = RunDirectory.create(fresh, SampleRuns.header());
    directory.ceilings(SampleRuns.ceilings());
    SampleRuns.entries().forEach(entry -> directory.add(entry.result(), entry.measurements()));
    directory.scalability(SampleRuns.scalability());
    RunRecord run = directory.finish(RunStatus.COMPLETE, SampleRuns.FINISHED);
    assertThat(run).isEqualTo(SampleRuns.run());
    return directory;
  }

  /** The compressed bytes differ between builds of zlib; what they hold is checked apart. */
  private static String withoutPayload(String log) {
    return log.replaceAll("(?m),HIST.*$", ",HIST...");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
