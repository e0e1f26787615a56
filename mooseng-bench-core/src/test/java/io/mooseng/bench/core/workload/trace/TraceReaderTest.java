package io.mooseng.bench.core.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.random.SeededRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TraceReaderTest {

  private static final String HEADER =
      "{\"trace\":1,\"workload\":\"w\",\"seed\":1,\"clients\":2,"
          + "\"started\":\"2026-01-31T12:00:00Z\"}\n";
  private static final String LINE =
      "{\"t\":5,\"c\":0,\"op\":\"read\",\"path\":\"p\",\"size\":9,\"outcome\":\"ok\",\"ns\":7}\n";

  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("t.jsonl"), text);
  }

  /** Reads to the end and answers what was said of a cut line. */
  private Optional<String> readAll(Path file, int expected) throws IOException {
    try (TraceReader reader = TraceReader.open("--replay t", file)) {
      int found = 0;
      while (reader.next().isPresent()) {
        found++;
      }
      assertThat(found).isEqualTo(expected);
      assertThat(reader.next()).as("after the end").isEmpty();
      return reader.cut();
    }
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> readAll(file, Integer.MAX_VALUE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--replay t: " + message);
  }

  @Test
  void readsALine() throws IOException {
    try (TraceReader reader = TraceReader.open("t", file(HEADER + LINE))) {
      TracedOperation operation = reader.next().orElseThrow();
      assertThat(operation.startNanos()).isEqualTo(5);
      assertThat(operation.size()).isEqualTo(9);
      assertThat(operation.offset()).as("left out").isZero();
      assertThat(operation.failure()).isEmpty();
    }
  }

  /** A kill can leave the last line cut at any byte, also within a character. */
  @Test
  void toleratesALastLineCutAnywhereAndSaysSo() throws IOException {
    SeededRandom random = new SeededRandom(4);
    byte[] header = TraceLines.of(Samples.HEADER);
    for (int round = 0; round < 10; round++) {
      byte[] whole = TraceLines.of(Samples.operation(random));
      byte[] last = TraceLines.of(Samples.operation(random));
      Path file = directory.resolve("cut" + round);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(concat(header, whole, last)));
        for (int length = last.length - 2; length > 0; length--) {
          channel.truncate(header.length + whole.length + length);
          assertThat(readAll(file, 1))
              .as("cut after byte %d of %s", length, new String(last, StandardCharsets.UTF_8))
              .contains("--replay t: line 3 is cut short; left out");
        }
      }
    }
  }

  private static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Test
  void aLastLineThatLacksOnlyItsNewlineIsWhole() throws IOException {
    assertThat(readAll(file(HEADER + LINE + LINE.strip()), 2)).isEmpty();
  }

  @Test
  void aCutLineInTheMiddleIsNoAccident() throws IOException {
    assertRefused(
        HEADER + LINE + LINE.substring(0, 20) + "\n" + LINE,
        "line 3: not JSON: Unexpected end-of-input in VALUE_STRING");
  }

  @Test
  void aLastLineThatIsWrongIsNotTakenForCut() throws IOException {
    assertRefused(
        HEADER + LINE + LINE.strip().replace("read", "reed"),
        "line 3: key 'op': \"reed\": accepted: create, write, read, read-range, overwrite, append,"
            + " stat, stat-path, stat-missing, list, rename, delete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"t\":5|\"t\":-5|key 't': -5: accepted: a whole number, 0 or more",
        "\"t\":5|\"t\":5.5|key 't': 5.5: accepted: a whole number, 0 or more",
        "\"t\":5|\"t\":\"5\"|key 't': \"5\": accepted: a whole number, 0 or more",
        "\"t\":5|\"t\":9223372036854775808|key 't': 9223372036854775808: accepted: a whole number,"
            + " 0 or more",
        "\"t\":5,||key 't': missing: accepted: a whole number, 0 or more",
        "\"c\":0|\"c\":2|key 'c': 2: accepted: a client of the header's, from 0 to 1",
        "\"path\":\"p\"|\"path\":\"\"|key 'path': \"\": accepted: a text",
        "\"path\":\"p\"|\"path\":7|key 'path': 7: accepted: a text",
        "\"size\":9|\"sice\":9|unknown key 'sice'; accepted: t, c, op, path, to, size, offset,"
            + " length, outcome, ns",
        "\"size\":9|\"to\":\"q\"|'to' belongs to rename, and to nothing else",
        "\"op\":\"read\"|\"op\":\"rename\"|'to' belongs to rename, and to nothing else",
        "\"size\":9|\"t\":9|not JSON: Duplicate field 't'",
        "\"outcome\":\"ok\"|\"outcome\":\"OK\"|key 'outcome': \"OK\": accepted: ok, timeout,"
            + " unavailable, cancelled, aborted, corrupt, not-found, already-exists,"
            + " resource-exhausted, permission-denied, unauthenticated, failed-precondition,"
            + " out-of-range, unimplemented, invalid, unknown, conditions-not-met, internal"
      })
  void refusesALineNamingIt(String part, String instead, String message) throws IOException {
    assertThat(LINE).contains(part);
    String line = LINE.replace(part, instead == null ? "" : instead);
    assertRefused(HEADER + LINE + line + LINE, "line 3: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"trace\":1|\"trace\":2|trace version 2 was written by a later version of this program;"
            + " accepted: up to 1",
        "\"trace\":1,||not the header of a trace: it has no version in 'trace'",
        "\"trace\":1|\"trace\":0|not the header of a trace: it has no version in 'trace'",
        "\"trace\":1|\"trace\":1,\"host\":1|unknown key 'host'; accepted: trace, workload, seed,"
            + " clients, started",
        "\"seed\":1|\"seed\":1.5|key 'seed': 1.5: accepted: a whole number",
        "\"clients\":2|\"clients\":0|key 'clients': 0: accepted: a whole number, 1 or more",
        "2026-01-31T12:00:00Z|now|key 'started': \"now\": accepted: an instant such as"
            + " 2026-01-31T12:00:00Z",
        "\"workload\":\"w\"|\"workload\":\" \"|workload has no name"
      })
  void refusesAHeader(String part, String instead, String message) throws IOException {
    assertThat(HEADER).contains(part);
    assertRefused(
        HEADER.replace(part, instead == null ? "" : instead) + LINE, "line 1: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"|there is no header", "[]|accepted: an object"})
  void refusesWhatIsNoTrace(String text, String message) throws IOException {
    assertRefused(text == null ? "" : text, "line 1: " + message);
  }

  @Test
  void refusesTwoObjectsOnALine() throws IOException {
    Path file = file(HEADER + LINE.strip() + LINE);
    assertThatThrownBy(() -> readAll(file, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--replay t: line 2: not JSON: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void refusesALineWithoutEnd() throws IOException {
    assertRefused(
        HEADER + "{\"path\":\"" + "x".repeat(1 << 20), "line 2: longer than 1048576 bytes");
  }

  @Test
  void namesAMissingFile() {
    assertThatThrownBy(() -> TraceReader.open("--replay t", directory.resolve("missing")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--replay t: there is no such file");
  }
}
