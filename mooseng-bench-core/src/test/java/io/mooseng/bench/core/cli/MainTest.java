package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.config.SettingKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MainTest {

  private static final String TEMPORARY = "java.io.tmpdir";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final String systemTemporary = System.getProperty(TEMPORARY);
  @TempDir private Path directory;
  @TempDir private Path temporary;

  @BeforeEach
  void useOwnTemporaryDirectory() {
    System.setProperty(TEMPORARY, temporary.toString());
  }

  @AfterEach
  void leavesNoTemporaryFiles() {
    System.setProperty(TEMPORARY, systemTemporary);
    assertThat(temporary).isEmptyDirectory();
  }

  private ExitCode run(String... arguments) {
    Main main =
        new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return main.run(arguments);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mode fast | --mode fast: accepted: live, embedded, simulated, auto",
        "run --mode fast | --mode fast: accepted: live, embedded, simulated, auto",
        "--mode live | --mode live needs a --target, such as mooseng://HOST:PORT or file:///DIR",
        "--seed x | --seed x: accepted: a whole number",
        "--seed | --seed needs a value: N",
        "--config /none.yaml | --config /none.yaml: there is no such file",
        "-wm BULK | -wm BULK: every fork runs one cell here, so nothing can be warmed up in bulk;"
            + " accepted: INDI",
        "-p size | -p size: accepted: name=value,value,…",
        "--mode simulated -prof gc | -prof with --mode simulated: nothing runs that could be"
            + " profiled; leave one of them out",
        "--mode simulated -rf json | -rf or -rff with --mode simulated: JMH's files cannot say"
            + " that nothing was measured; see run.json and results.csv of the run",
        "--precision 0 | --precision 0: accepted: from 0.1% to 50%",
        "--precision 2x | --precision 2x: accepted: from 0.1% to 50%",
        "--precision 2% -f 3 | '--precision with -f 3: it decides how many forks there are; leave"
            + " one of them out'",
        "--soak 1 | '--soak 1: accepted: from 10s to 720h, such as 1h'",
        "--soak | --soak needs a value: TIME",
        "--soak 1m -f 3 | '--soak 60s with -f 3: a row is one fork, so that what ages in it shows;"
            + " accepted: -f 1'",
        "--soak 1m -i 3 | '--soak 60s with -i 3: the time says how many windows there are; leave"
            + " one of them out'",
        "--soak 1m --precision 2% | '--soak 60s with --precision: it asks for many forks; leave one"
            + " of them out'",
        "--soak 1m --find-max-rate p99<20ms | '--soak 60s with --find-max-rate p99<20ms: a search"
            + " is no load to watch; leave one of them out'",
        "--warmup-until-steady -wi 9 | '--warmup-until-steady with -wi 9: that many are the most"
            + " there can be; accepted: 10 or more'",
        "--warmup-until-steady --mode simulated | --warmup-until-steady with --mode simulated: a"
            + " model has no warm-up; leave one of them out",
        "--store= | '--store needs a value: DIR|memory'",
        "--out= | --out needs a value: DIR",
        "serve --host= | --host needs a value: HOST",
        "serve --store= | '--store needs a value: DIR|memory'",
        "doctor --store= | --store needs a value: DIR",
        "serve --port 70000 | port 70000 is not accepted; accepted: 0 to 65535",
        "serve --store memory --tls-key k | --tls-cert and --tls-key belong together: give both or"
            + " neither",
        "serve --store memory --tls-ca k | --tls-ca needs --tls-cert and --tls-key",
        "doctor --store /none | --store /none: accepted: an existing directory",
      })
  void aMistakeIsOneLineAndStatusTwo(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).isEqualTo("mooseng-bench: " + message + System.lineSeparator());
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"serve --nosuch", "doctor --nosuch", "serve --port many", "run --nosuch"})
  void anUnknownOptionIsOneLineAndStatusTwo(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(errors().lines())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("mooseng-bench: ")
                    .endsWith("; run with -h for what is accepted"));
  }

  @Test
  void stackTracesAreForThoseWhoAsk() {
    assertThat(run("--mode", "fast", "--debug")).isEqualTo(ExitCode.USAGE);
    assertThat(errors().lines()).hasSizeGreaterThan(3);
    assertThat(errors()).contains("ConfigurationException");
  }

  @Test
  void aSettingsFileMayAskForThem() throws Exception {
    Path file = Files.writeString(directory.resolve("run.yaml"), "debug: true\nmode: fast\n");
    assertThat(run("--config", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains("ConfigurationException").contains("\tat ");
    err.reset();
    assertThat(run("--config", file.toString(), "--debug=false")).isEqualTo(ExitCode.USAGE);
    assertThat(errors().lines()).as("options win").hasSize(1);
  }

  @Test
  void aStoreThatCannotBeIsToldBeforeAnythingStarts() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (Path store : List.of(file, file.resolve("store"))) {
      err.reset();
      assertThat(run("serve", "--port", "0", "--store", store.toString()))
          .isEqualTo(ExitCode.USAGE);
      assertThat(errors())
          .isEqualTo(
              ("mooseng-bench: --store %s: %s is not a directory; accepted: memory, or a directory"
                      + " that exists or can be made%n")
                  .formatted(store, file));
    }
    assertThat(directory).isDirectoryContaining(file::equals);
  }

  @Test
  void aDirectoryThatCanBeMadeIsAStoreAndIsNotMadeYet() {
    Path store = directory.resolve("a").resolve("b");
    StoreDirectory.requireUsable(store.toString());
    StoreDirectory.requireUsable("memory");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void helpOfACommandGoesToItsOutput() {
    assertThat(run("serve", "-h")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--host", "--port", "--store", "--fsync", "--tls-cert");
    assertThat(err.size()).isZero();
  }

  @Test
  void helpNamesEveryOptionOfOursAndOfJmhs() {
    PrintStream terminal = System.out;
    ByteArrayOutputStream jmh = new ByteArrayOutputStream();
    System.setOut(new PrintStream(jmh, true, StandardCharsets.UTF_8));
    try {
      assertThat(run("-h")).isEqualTo(ExitCode.OK);
    } finally {
      System.setOut(terminal);
    }
    String help = out.toString(StandardCharsets.UTF_8);
    for (SettingKey key : SettingKey.values()) {
      assertThat(help)
          .contains(key.option() + key.valueLabel().map(label -> " " + label).orElse(""))
          .contains(key.description());
    }
    assertThat(help).contains("run", "serve", "doctor");
    assertThat(jmh.toString(StandardCharsets.UTF_8)).contains("-prof", "-jvmArgsAppend");
  }

  @Test
  void exitCodesAreThoseOfTheManual() {
    assertThat(ExitCode.values()).extracting(ExitCode::status).containsExactly(0, 1, 2, 3, 4);
    assertThat(ExitCode.valueOf("FAILED").status()).isEqualTo(1);
    assertThat(ExitCode.USAGE.status()).isEqualTo(2);
    assertThat(ExitCode.UNAVAILABLE.status()).isEqualTo(4);
  }
}
