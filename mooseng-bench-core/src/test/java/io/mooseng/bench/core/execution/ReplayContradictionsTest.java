package io.mooseng.bench.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A trace of what cannot have happened is refused in one line when it is read; one of what may have
 * happened is not.
 *
 * <p>Operations are written {@code start+duration operation path outcome}.
 */
class ReplayContradictionsTest {

  private static final long DAY_NANOS = 24L * 3_600 * 1_000_000_000;

  @TempDir private Path directory;

  private ReplayPlan read(int clients, List<String> lines) throws IOException {
    String header =
        "{\"trace\":1,\"workload\":\"x\",\"seed\":1,\"clients\":%d,\"started\":\"2026-01-31T12:00:00Z\"}"
            .formatted(clients);
    Path file = directory.resolve("by-hand.jsonl");
    Files.writeString(file, header + "\n" + String.join("\n", lines) + "\n");
    return ReplayPlan.read("--trace t", file);
  }

  private ReplayPlan read(String operations) throws IOException {
    return read(1, List.of(operations.split(", ")).stream().map(this::line).toList());
  }

  private String line(String operation) {
    String[] words = operation.split(" ");
    String[] times = words[0].split("\\+");
    String[] paths = words[2].split(">");
    return "{\"t\":%s,\"c\":0,\"op\":\"%s\",\"path\":\"%s\"%s,\"outcome\":\"%s\",\"ns\":%s}"
        .formatted(
            times[0],
            words[1],
            paths[0],
            paths.length > 1 ? ",\"to\":\"" + paths[1] + "\"" : "",
            words.length > 3 ? words[3] : "ok",
            times[1]);
  }

  private void assertRefused(String operations, String message) {
    assertThatThrownBy(() -> read(operations))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--trace t: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0+5 write a, 10+5 read a/b|line 3: 'a'",
        "0+5 stat a, 10+5 stat-missing a/b/c|line 3: 'a'",
        "0+5 read a/b, 10+5 create a|line 3: 'a'",
        "0+5 list a, 10+5 read a not-found|line 3: 'a'",
        "0+5 read a/b, 10+5 rename c>a|line 3: 'a'",
        "0+5 rename c>a, 10+5 rename d>a/d timeout|line 3: 'a'",
        "0+5 delete a, 10+5 list a|line 3: 'a'",
        "0+5 rename d/a>d/b, 10+5 list d/a|line 3: 'd/a'"
      })
  void aPathOfAFileAndOfADirectoryIsRefused(String operations, String where) {
    assertRefused(operations, where + " is used as a file and as a directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0+5 read f, 10+5 delete f, 20+5 read f|line 4: 'f'",
        "0+5 rename f>g, 10+5 stat f|line 3: 'f'"
      })
  void aFileThatIsUsedAfterItWentIsRefused(String operations, String where) {
    assertRefused(operations, where + " is used after it was deleted or renamed");
  }

  /** It is not made beforehand: its name is free for another. */
  @Test
  void aFileThatWasNotFoundAfterItWentIsNotThere() throws IOException {
    ReplayPlan plan = read("0+5 write f, 10+5 delete f, 20+5 read f not-found, 30+5 write f");
    assertThat(plan.files()).isEmpty();
  }

  /** Who wanted a name that a directory has came too late, and does so again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0+5 read a/b, 10+5 create a already-exists",
        "0+5 create a already-exists, 10+5 read a/b",
        "0+5 read a/b, 10+5 rename c>a already-exists",
        "0+5 read a/b, 10+5 stat-missing a"
      })
  void aRefusedNameMayBeThatOfADirectory(String operations) throws IOException {
    assertThat(read(operations).operations()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0+5 write f, 10+5 write f|line 3: 'f'",
        "0+5 create f, 10+5 read f, 20+5 create f|line 4: 'f'",
        "0+5 read d/f, 5+5 write d/f|line 3: 'd/f'",
        "0+10 write f, 5+10 write f|line 3: 'f'",
        "0+5 rename e>f, 10+5 create f|line 3: 'f'",
        // What frees the name comes too early or too late.
        "0+5 delete f, 5+5 write f, 10+5 write f|line 4: 'f'",
        "0+5 write f, 10+5 write f, 15+5 delete f|line 3: 'f'",
        "0+5 write f, 6+2 delete g, 10+5 write f|line 4: 'f'",
        // The first of several.
        "0+5 write g, 0+6 write f, 10+5 write f, 20+5 write g, 30+5 write f|line 4: 'f'"
      })
  void aFileThatWasMadeWhereThereIsOneIsRefused(String operations, String where) {
    assertRefused(operations, where + " was made, but its name was taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0+5 write f, 10+5 delete f, 20+5 write f",
        "0+5 write f, 10+5 rename f>g, 20+5 write f",
        // Freed by an operation that ended later.
        "0+5 write f, 10+5 write f, 7+90 delete f",
        "0+5 write f, 10+5 write f, 14+90 rename f>g",
        "0+20 delete f, 5+20 write f, 22+20 write f",
        // Freed by an operation that failed, perhaps.
        "0+5 write f, 6+30 delete f timeout, 40+5 write f",
        "0+5 write f, 6+30 delete f not-found, 40+5 write f",
        "0+5 write f, 6+30 rename f>g unavailable, 40+5 write f",
        // Never there, perhaps.
        "0+5 write f timeout, 10+5 write f",
        "0+5 read f not-found, 10+5 write f",
        "0+5 stat-missing f, 10+5 write f",
        "0+5 rename e>f timeout, 10+5 write f",
        // The one that was made was used.
        "10+5 write f, 8+9 read f",
        "0+10 read f, 8+9 write f",
        // Refused, as it should be.
        "0+5 write f, 10+5 write f already-exists, 20+5 create f already-exists"
      })
  void whatMayHaveHappenedIsAccepted(String operations) throws IOException {
    assertThat(read(operations).operations()).hasSize(operations.split(", ").length);
  }

  @Test
  void aTraceIsNoLongerThanTheLongestSchedule() throws IOException {
    long most = 30 * DAY_NANOS;
    assertThat(read("7+5 stat f, %d+5 stat f".formatted(7 + most)).lengthNanos()).isEqualTo(most);
    assertRefused(
        "7+5 stat f, %d+5 stat f".formatted(8 + most),
        "line 3: t is 2592000000000008, and was 7; accepted: up to 30 days from the first start to"
            + " the last");
    assertRefused(
        "%d+5 stat f, 7+5 stat f".formatted(8 + most),
        "line 3: t is 7, and was 2592000000000008; accepted: up to 30 days from the first start to"
            + " the last");
  }

  @Test
  void timesDoNotOverflow() throws IOException {
    long latest = Long.MAX_VALUE - 30 * DAY_NANOS;
    ReplayPlan plan =
        read("%d+0 stat f, %d+%d stat f".formatted(latest - 1, latest, 30 * DAY_NANOS));
    assertThat(plan.lengthNanos()).isEqualTo(1);
    assertThat(plan.mostUnderWay()).isEqualTo(1);
    assertRefused(
        "%d+5 stat f".formatted(Long.MAX_VALUE),
        "line 2: t is 9223372036854775807; accepted: up to 9220780036854775807");
    assertRefused(
        "0+%d stat f".formatted(Long.MAX_VALUE),
        "line 2: ns is 9223372036854775807; accepted: up to 2592000000000000, which is 30 days");
  }

  @Test
  void moreClientsThanThreadsAreRefused() throws IOException {
    List<String> lines = List.of(line("0+5 stat f"));
    assertThat(read(10_000, lines).activeClients()).isEqualTo(1);
    assertThatThrownBy(() -> read(10_001, lines))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--trace t: line 1: key 'clients': 10001: accepted: a whole number from 1 to 10000");
  }

  @Test
  void aPathWithoutEndIsRefused() {
    assertRefused(
        "0+5 stat " + "a/".repeat(100_000) + "f",
        "line 2: a path of 200001 characters; accepted: up to 4096");
  }

  @Test
  void aDeepPathIsAccepted() throws IOException {
    assertThat(read("0+5 stat " + "a/".repeat(2_047) + "f").directories()).hasSize(2_047);
  }
}
