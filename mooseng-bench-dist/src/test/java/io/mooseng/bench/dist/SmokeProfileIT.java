package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of benchmark of the jar, once; but the one that needs a trace, which TraceReplayIT
 * runs, and the one that needs a link before the server, which TargetsIT runs. Every method is run
 * against the real server by the tests of its own module; those that are like one that runs here,
 * or that other tests of the jar run, are left out.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SmokeProfileIT {

  private static final String ALIKE =
      "AttributesBenchmark.set|PathBenchmark.statMissing"
          + "|(Block|ChunkBoundary)Benchmark.overwrite|RawStreamBenchmark.send"
          + "|BlockBenchmark.readSequentially"
          // Other tests on the jar have their own runs of these.
          + "|File(Read|Write)Benchmark|MetadataBenchmark|(Clients|Concurrency|OpenLoop)Benchmark"
          + "|HarnessOverheadBenchmark|ConnectionSetupBenchmark|[.]MixBenchmark"
          + "|(TlsHandshake|FlowControl|Compression)Benchmark|Http2SettingsBenchmark.settingsAck"
          + "|ConnectionStormBenchmark.tcp|UnaryBenchmark.send|StreamingBenchmark.(send|receive)"
          + "|MetadataRpcBenchmark.(get|set|list|create)|DeadlineBenchmark.(call|expire)"
          + "|InProcessBenchmark.(baseline|unary)"
          // A cluster each, of which RegionsIT has one.
          + "|Region(Write|Read|Mix)Benchmark|ChunkReplicationBenchmark|FailoverBenchmark"
          + "|TransactionBenchmark|PipelinedWriteBenchmark";

  @TempDir Path directory;

  @Test
  void smokeRunsEveryBenchmarkAndAllSucceed() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory);
    Set<String> listed =
        jar.run("-l")
            .stdout()
            .lines()
            .skip(1)
            .map(String::strip)
            .filter(name -> !name.endsWith("ReplayBenchmark.replay"))
            .filter(name -> !name.contains("RegionRoundTripBenchmark"))
            .filter(name -> !Pattern.compile(ALIKE).matcher(name).find())
            .collect(Collectors.toSet());

    // A server JVM for each of them would take another minute or two; other tests have one.
    jar.run("run", "--profile", "smoke", "--server", "in-process", "-e", ALIKE)
        .exited(0)
        .withoutStackTrace();

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.run().path("status").asText()).isEqualTo("complete");
    assertThat(files.rows()).extracting(row -> row.path("status").asText()).containsOnly("ok");
    assertThat(files.rows())
        .extracting(row -> row.path("qualifiedName").asText())
        .containsExactlyInAnyOrderElementsOf(listed);
    MarkedProcesses.awaitNone(jar.mark());
  }
}
