package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.dist.fixture.LocalFilesProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of target a user can name. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TargetsIT {

  /** Such as {@code [1/2] FileReadBenchmark.read … target=t1, fork 2 of 4, 5 s left}. */
  private static final Pattern STARTED_FORK =
      Pattern.compile("(?m)^\\[.* target=(t[12]), fork (\\d) of 4");

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  @Test
  void aDirectoryIsLiveAndLeftAsItWas() throws IOException, InterruptedException {
    Path target = Files.createDirectory(directory.resolve("files"));
    Files.writeString(target.resolve("mine"), "keep");

    jar.runBriefly("FileWriteBenchmark", "-p", "size=64KB", "--target", target.toUri().toString())
        .exited(0);

    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(row.path("fidelity").asText()).isEqualTo("live");
    assertThat(row.path("params").path("target").asText()).isEqualTo("t1");
    assertThat(row.path("target").path("address").asText()).contains(target.toString());
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left).containsExactly(target.resolve("mine"));
    }
  }

  @Test
  void aJarBringsTheProviderOfAScheme() throws IOException, InterruptedException {
    Path files = Files.createDirectory(directory.resolve("files"));
    Path providers = ProviderJar.write(directory.resolve("provider.jar"));
    String uri = LocalFilesProvider.SCHEME + "://" + files;
    String[] read = {"FileReadBenchmark", "-p", "size=64KB", "--target", uri};

    jar.runBriefly(read)
        .exited(2)
        .saidInOneLine("--target " + uri + ": accepted: embedded", "mooseng://");

    jar.runBriefly(
            Stream.concat(Stream.of(read), Stream.of("--provider-jar", providers.toString()))
                .toArray(String[]::new))
        .exited(0);
    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(row.path("fidelity").asText()).isEqualTo("live");
    assertThat(row.path("metrics").path("operations").path("value").asLong()).isPositive();
    assertThat(files).isEmptyDirectory();
  }

  @Test
  void aServerStartedApartIsLiveAndSaysWhatItIs() throws IOException, InterruptedException {
    BenchmarksJar elsewhere = BenchmarksJar.in(directory.resolve("server"));
    try (RunningJar server = elsewhere.start("serve", "--port", "0", "--store", "memory")) {
      String uri = server.awaitLine("listening on ");

      jar.runBriefly(
              "FileReadBenchmark|ConnectionSetupBenchmark.(tcp|channel)|RegionRoundTripBenchmark",
              "-p",
              "size=1KB",
              "-p",
              "rtt=72.7ms",
              "--target",
              uri)
          .exited(0);

      RunFiles files = RunFiles.onlyOneIn(jar.results());
      assertThat(files.rows()).hasSize(4);
      assertThat(files.rows()).allMatch(row -> row.path("fidelity").asText().equals("live"));
      assertThat(files.row("FileReadBenchmark.read").path("target").path("implementation").asText())
          .startsWith("MooseNG Bench embedded server");
      assertLinkWasEmulated(files.row("RegionRoundTripBenchmark.unaryCall"));
      assertThat(server.isAlive()).isTrue();
    }
  }

  private static void assertLinkWasEmulated(JsonNode row) {
    assertThat(row.path("network").path("backend").asText()).isEqualTo("relay");
    double rttMillis = row.path("network").path("measured").path("rttP50Millis").asDouble();
    assertThat(rttMillis).isGreaterThanOrEqualTo(72.7);
    assertThat(row.path("metrics").path("latency.mean").path("value").asDouble())
        .isGreaterThanOrEqualTo(72.7e6);
  }

  @Test
  void twoTargetsAreInterleavedUnderLabels() throws IOException, InterruptedException {
    Path target = Files.createDirectory(directory.resolve("files"));

    JarRun run =
        jar.run(
                "FileReadBenchmark",
                "-p",
                "size=1KB",
                "--target",
                target.toUri().toString(),
                "--target",
                "memory:/",
                "--seed",
                "1",
                "-f",
                "4",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "100ms")
            .exited(0);

    List<String> turns =
        STARTED_FORK
            .matcher(run.stderr())
            .results()
            .map(fork -> fork.group(2) + " " + fork.group(1))
            .toList();
    assertThat(turns).as("each has one fork of a round").hasSize(8);
    assertThat(turns.stream().map(turn -> turn.charAt(0)).toList())
        .as("one round after the other")
        .isSorted();
    assertThat(turns.stream().filter(turn -> turn.endsWith("t1")).toList())
        .containsExactly("1 t1", "2 t1", "3 t1", "4 t1");
    assertThat(IntStream.range(0, 4).mapToObj(round -> turns.get(2 * round).substring(2)).toList())
        .as("who begins a round is drawn anew")
        .contains("t1", "t2");
    assertThat(RunFiles.onlyOneIn(jar.results()).rows())
        .extracting(
            row -> row.path("params").path("target").asText(), row -> row.path("fidelity").asText())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("t1", "live"),
            org.assertj.core.groups.Tuple.tuple("t2", "control"));
  }

  @Test
  void simulatedAnswersWithoutJmh() throws IOException, InterruptedException {
    JarRun run = jar.runBriefly("FileReadBenchmark", "-p", "size=1KB,100MB", "--mode", "simulated");

    run.exited(0);
    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(2);
    assertThat(files.rows()).allMatch(row -> row.path("fidelity").asText().equals("simulated"));
    assertThat(files.file("jmh.json")).doesNotExist();
    assertThat(run.stdout()).contains("simulated");
  }

  @Test
  void oneSeedOneSimulation() throws IOException, InterruptedException {
    BenchmarksJar again = BenchmarksJar.in(directory.resolve("again"));
    String[] arguments = {"FileReadBenchmark", "--mode", "simulated", "--seed", "7"};
    jar.runBriefly(arguments).exited(0);
    again.runBriefly(arguments).exited(0);

    assertThat(RunFiles.onlyOneIn(again.results()).run().path("results"))
        .isEqualTo(RunFiles.onlyOneIn(jar.results()).run().path("results"));
  }

  /** A client that held a whole file, in the heap or beside it, would die of it. */
  @Test
  void largeFilesFitThroughASmallClient() throws IOException, InterruptedException {
    jar.runBriefly(
            "File(Read|Write)Benchmark",
            "-p",
            "size=100MB",
            "-jvmArgsAppend",
            "-Xmx256m -XX:MaxDirectMemorySize=256m")
        .exited(0);

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(2);
    assertThat(files.rows()).allMatch(row -> row.path("status").asText().equals("ok"));
  }

  @Test
  void aSmallWriteTakesThreeRoundTrips() throws IOException, InterruptedException {
    jar.runBriefly("FileWriteBenchmark", "-p", "size=1KB").exited(0);

    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(row.path("metrics").path("roundtrips.per.op").path("value").asDouble())
        .isEqualTo(3.0);
  }
}
