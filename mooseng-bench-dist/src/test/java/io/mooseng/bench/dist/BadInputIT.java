package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user is told who asks for something that cannot be: one line, exit code 2. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BadInputIT {

  @TempDir Path directory;

  /**
   * A mistake.
   *
   * @param line parts of the line that tells it: the option, the value, what is accepted
   */
  record Mistake(List<String> arguments, List<String> line) {

    static Mistake of(String commandLine, String... line) {
      return new Mistake(List.of(commandLine.split(" ")), List.of(line));
    }

    @Override
    public String toString() {
      return String.join(" ", arguments);
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        Mistake.of("FileRead --colour red", "colour"),
        Mistake.of("FileRead -f many", "many"),
        Mistake.of("FileRead -f", "f"),
        Mistake.of("FileRead --target", "--target", "URI"),
        Mistake.of("FileRead -p size=12XB", "size", "12XB", "64KB"),
        Mistake.of("FileRead -p size=9GB", "size", "9GB", "8GB"),
        Mistake.of("FileRead -p size", "-p size", "name=value"),
        Mistake.of("FileRead -p colour=red", "colour", "size", "target"),
        Mistake.of("FileRead -p target=moon", "target", "moon", "embedded"),
        Mistake.of("Concurrency -p inFlight=0", "inFlight", "0", "1"),
        Mistake.of("RegionRoundTrip -p rtt=fast", "rtt", "fast", "ms"),
        Mistake.of("FileRead --target ftp://host/dir", "--target", "ftp://host/dir", "mooseng://"),
        Mistake.of("FileRead --target mooseng://", "--target", "mooseng://", "accepted"),
        Mistake.of("FileRead --target mooseng://host:none", "mooseng://host:none", "accepted"),
        Mistake.of("FileRead --target not^a^uri", "--target", "not^a^uri", "accepted"),
        Mistake.of("FileRead --provider-jar no.jar", "--provider-jar", "no.jar", "no such file"),
        Mistake.of("FileRead --provider-jar /etc/passwd", "--provider-jar", "not a readable jar"),
        Mistake.of("FileRead --mode quickly", "--mode", "quickly", "auto"),
        Mistake.of("FileRead --mode live", "--mode live", "--target"),
        Mistake.of("--profile endless", "--profile", "endless", "smoke", "standard"),
        Mistake.of("OpenLoop -rf json", "-rf", "OpenLoopBenchmark", "run.json"),
        Mistake.of(
            "MixAtRate --find-max-rate p99<20ms --record-traces", "--record-traces", "MixBench"),
        Mistake.of("FileRead --ceiling-time 1", "--ceiling-time", "1", "100ms to 10m"),
        Mistake.of("FileRead --seed pi", "--seed", "pi", "number"),
        Mistake.of("FileRead --config nowhere.yaml", "--config", "nowhere.yaml"),
        Mistake.of("FileRead --tls-ca nowhere.pem", "--tls-ca", "nowhere.pem"),
        Mistake.of("FileWrite -p fsync=maybe", "fsync", "maybe", "off, on"),
        Mistake.of("FileWrite --fsync -p fsync=off", "--fsync", "-p fsync=off"),
        Mistake.of("FileRead -p cache=hot", "cache", "hot", "warm, cold"),
        Mistake.of("FileRead -p cache=cold", "cache=cold", "--drop-caches"),
        Mistake.of("FileRead -p cache=cold --drop-caches -t 2", "-t 2", "-t 1"),
        Mistake.of("FileRead -p cache=cold --drop-caches --store memory", "--store memory"),
        Mistake.of("FileRead --server elsewhere", "--server", "elsewhere", "in-process"),
        Mistake.of("FileRead -wm BULK", "-wm", "BULK", "INDI"),
        Mistake.of("FileRead -rf tables", "-rf", "tables", "json"),
        Mistake.of("FileRead -rff nowhere/x.csv", "-rff", "nowhere/x.csv", "directory"),
        Mistake.of("FileRead -jvm /nonexistent", "-jvm", "/nonexistent", "executable"),
        Mistake.of("FileRead -prof crystalball", "-prof", "crystalball", "-lprof"),
        Mistake.of("FileRead -prof gc:colour=red", "-prof", "gc:colour=red"),
        Mistake.of("FileRead --mode simulated -prof gc", "-prof", "simulated"),
        Mistake.of("FileRead --mode simulated -rf json", "-rf", "simulated"),
        Mistake.of("FileRead --store /etc/passwd", "--store", "/etc/passwd", "directory"),
        Mistake.of("FileRead --store /proc/x", "--store", "/proc/x", "directory"),
        Mistake.of("serve --store /proc/x", "--store", "/proc/x", "directory"),
        Mistake.of("MixBenchmark -p workload=web", "workload=web", "web-home, ci-cache"),
        Mistake.of("MixBenchmark -p population=lots", "population", "lots", "64KB"),
        Mistake.of("MixBenchmark -p workload=object-store -t 500", "500 clients", "from 1 to 200"),
        Mistake.of("MixBenchmark --workloads nowhere.yaml", "--workloads", "nowhere.yaml"),
        Mistake.of("MixBenchmark --workloads /etc/passwd", "--workloads", "/etc/passwd"),
        Mistake.of("FileRead --workloads /dev/null", "--workloads", "MixBenchmark"),
        Mistake.of("UnaryBenchmark --record-traces", "--record-traces", "FileReadBenchmark"),
        Mistake.of("MixBenchmark --record-traces --mode simulated", "--record-traces"),
        Mistake.of("ReplayBenchmark", "ReplayBenchmark.replay", "--trace FILE"),
        Mistake.of("ReplayBenchmark --trace nowhere", "--trace nowhere", "no such file"),
        Mistake.of("ReplayBenchmark --trace /etc/passwd", "/etc/passwd: line 1: not JSON"),
        Mistake.of("NoSuchBenchmark", "NoSuchBenchmark"),
        Mistake.of("serve --port 99999", "port", "99999", "65535"),
        Mistake.of("serve --colour red", "--colour"),
        Mistake.of("report", "RUN"),
        Mistake.of("report nowhere", "nowhere", "does not exist"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldInOneLineAndNothingRuns(Mistake mistake) throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory);

    JarRun run = jar.run(mistake.arguments().toArray(String[]::new));

    run.exited(2).saidInOneLine(mistake.line().toArray(String[]::new));
    assertThat(jar.results()).doesNotExist();
  }

  @Test
  void debugShowsWhereItWasNoticed() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory);

    jar.run("FileRead", "-p", "size=12XB", "--debug").exited(2).withStackTrace();
  }

  @Test
  void anUnknownKeyInAWorkloadIsToldWithItsLine() throws IOException, InterruptedException {
    Files.writeString(
        directory.resolve("own.yaml"),
        """
        my-mail:
          description: mine
          source: mine
          operations: {read: 1}
          size: {fixed: 4KB}
          popularity: uniform
          population: {files: 10, files-per-directory: 5, depth: 2}
        """);

    BenchmarksJar.in(directory)
        .run("MixBenchmark", "--workloads", "own.yaml")
        .exited(2)
        .saidInOneLine("own.yaml", "my-mail", "line 5", "'size'", "sizes");
  }

  @Test
  void anUnknownKeyInASettingsFileIsNotIgnored() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("run.yaml"), "colour: red\n");

    BenchmarksJar.in(directory)
        .run("FileRead", "--config", "run.yaml")
        .exited(2)
        .saidInOneLine("run.yaml", "colour", "target");
  }
}
