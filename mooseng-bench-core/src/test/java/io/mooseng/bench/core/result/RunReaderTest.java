package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mooseng.bench.core.model.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RunReaderTest {

  private static final String GOLDEN = Golden.read("run-v4.json");

  private static final String GOLDEN_V3 = Golden.read("run-v3.json");

  private static final String GOLDEN_V2 = Golden.read("run-v2.json");

  private static final String GOLDEN_V1 = Golden.read("run-v1.json");

  @TempDir Path directory;

  @Test
  void readsTheGoldenRunOfThisVersion() throws IOException {
    assertThat(read(GOLDEN)).isEqualTo(SampleRuns.run());
  }

  /** Version 3 did not say what results over a network cannot claim. */
  @Test
  void readsTheGoldenRunOfVersion3() throws IOException {
    assertThat(read(GOLDEN_V3)).isEqualTo(EarlierRuns.ofVersion3());
  }

  /** Version 2 had no curves. */
  @Test
  void readsTheGoldenRunOfVersion2() throws IOException {
    assertThat(read(GOLDEN_V2)).isEqualTo(EarlierRuns.ofVersion2());
  }

  /** Version 1 had no warnings of rows and no values of iterations. */
  @Test
  void readsTheGoldenRunOfVersion1() throws IOException {
    assertThat(read(GOLDEN_V1)).isEqualTo(EarlierRuns.ofVersion1());
  }

  @Test
  void theGoldenRunsKeepToTheirSchemas() throws IOException {
    assertThat(violations(GOLDEN)).isEmpty();
    assertThat(violations(GOLDEN_V3, "run-v3.json")).isEmpty();
    assertThat(violations(GOLDEN_V2, "run-v2.json")).isEmpty();
    assertThat(violations(GOLDEN_V1, "run-v1.json")).isEmpty();
  }

  @Test
  void aRunThatHasJustBegunKeepsToTheSchema() throws IOException {
    String begun = new String(RunJson.bytes(RunRecord.begun(SampleRuns.header())));
    assertThat(violations(begun)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void everyKindOfFailureIsInTheSchemaAndIsRead(FailureKind kind) throws IOException {
    String json = GOLDEN.replace("\"kind\" : \"timeout\"", "\"kind\" : \"" + kind.label() + "\"");
    assertThat(violations(json)).isEmpty();
    assertThat(read(json).results())
        .anyMatch(row -> row.failure() != null && row.failure().kind() == kind);
  }

  /** Each is wrong in one place: so the schema and the reader both look there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"status\" : \"failed\"                 | \"status\" : \"running\"",
        "\"fidelity\" : \"embedded\"             | \"fidelity\" : \"guessed\"",
        "\"direction\" : \"lower\"               | \"direction\" : null",
        "\"operations\" : 600                    | \"operations\" : -1",
        "\"operations\" : 600                    | \"operations\" : 600, \"extra\" : 1",
        "\"backend\" : \"netem\"                 | \"backend\" : \"magic\"",
        "\"kind\" : \"timeout\"                  | \"kind\" : \"bad luck\"",
        "\"ceiling\" : \"diskRead\"              | \"ceiling\" : null",
        "\"spanNanos\" : 600000000               | \"spanNanos\" : null",
        "\"value\" : 9500000000                  | \"value\" : \"NaN\"",
        "\"startedAt\" : \"2026-03-01T10:20:30.250Z\" | \"startedAt\" : \"yesterday\"",
        "\"runId\" : \"20260301T102030Z-a1b2c3\" | \"runId\" : \"../x\"",
        "\"ci95\" : null                         | \"ci95\" : [ 1 ]",
        "\"fork\" : 0                            | \"fork\" : 0.5",
        "\"warnings\" : [ ]                      | \"warnings\" : null",
        "\"parameter\" : \"clients\"            | \"parameter\" : null",
        "\"residual\" : 0.0125                 | \"residual\" : null",
        "\"lambda\" : 1002.5                   | \"lambda\" : 1002.5, \"extra\" : 1",
        "\"fit\" : null                        | \"fit\" : { }",
        "\"values\" : { }                        | \"values\" : { \"a\" : \"1\" }",
        "\"values\" : { }                        | \"values\" : { \"a\" : null }",
        "\"values\" : { }                        | \"values\" : null",
        "\"values\" : { }                        | \"values\" : 3",
        "\"index\" : 0,                          | ''",
        "\"index\" : 0                           | \"index\" : \"0\"",
        "\"errors\" : { }                        | \"errors\" : { \"bad luck\" : 1 }",
        "\"errors\" : { }                        | \"errors\" : { \"timeout\" : 0.5 }",
        "\"errors\" : { }                        | \"errors\" : null",
        "\"latencyNanos\" : {                    | \"latencyNanos\" : { \"p42\" : 1,",
      })
  void refusesWhatTheSchemaRefuses(String right, String wrong) throws IOException {
    assertThat(GOLDEN).contains(right);
    int at = GOLDEN.indexOf(right);
    String broken = GOLDEN.substring(0, at) + wrong + GOLDEN.substring(at + right.length());
    assertThat(violations(broken)).isNotEmpty();
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageStartingWith(file() + " is not a run: ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", ""})
  void refusesNumbersThatAreNone(String number) throws IOException {
    String broken = GOLDEN.replace("\"value\" : 9500000000", "\"value\" : " + number);
    assertThat(broken).isNotEqualTo(GOLDEN);
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageStartingWith(file() + " is not a run: ")
        .hasMessageNotContaining("\n");
  }

  /** JSON Schema knows no names that occur twice, and takes the last one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"index\" : 0",
        "\"runId\" : \"20260301T102030Z-a1b2c3\"",
        "\"p99\" : null",
        "\"unit\" : \"ns\"",
        "\"schedule.dropped\" : 12",
        "\"profile\" : \"none\""
      })
  void refusesWhatIsSaidTwice(String field) throws IOException {
    assertThat(GOLDEN).contains(field);
    assertThatThrownBy(() -> read(GOLDEN.replace(field, field + ", " + field)))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageStartingWith(file() + " is not a run: Duplicate field");
  }

  @Test
  void saysWhichFieldOfAnIterationIsWrong() {
    String broken = GOLDEN.replaceFirst("\"roundTrips\" : \\d+", "\"roundTrips\" : true");
    assertThatThrownBy(() -> read(broken))
        .hasMessageContaining("results[0].forks[0].iterations[0].roundTrips");
  }

  @Test
  void theVersionMayStandAnywhere() throws IOException {
    String elsewhere = GOLDEN.replaceFirst("\"schemaVersion\" : 4,", "").stripTrailing();
    elsewhere = elsewhere.substring(0, elsewhere.length() - 1) + ", \"schemaVersion\" : 4}";
    assertThat(read(elsewhere)).isEqualTo(SampleRuns.run());
  }

  /** Everything else is the same, and refused alike. */
  @Test
  void valuesThatNobodyAskedForAreNotKept() throws IOException {
    Files.writeString(file(), GOLDEN);
    RunRecord run = RunReader.readWithValues(file(), Set.of("schedule.dropped"));
    List<IterationRecord> iterations =
        run.results().stream()
            .flatMap(row -> row.forks().stream())
            .flatMap(fork -> fork.iterations().stream())
            .toList();
    assertThat(iterations)
        .anyMatch(iteration -> iteration.values().containsKey("schedule.dropped"));
    assertThat(iterations)
        .allMatch(iteration -> iteration.stageP50Nanos().isEmpty())
        .allMatch(iteration -> Set.of("schedule.dropped").containsAll(iteration.values().keySet()));
  }

  @Test
  void aComparisonReadsNoStagesOfIterations() throws IOException {
    Files.writeString(file(), GOLDEN);
    RunRecord whole = RunReader.read(directory);
    RunRecord read = RunReader.readForComparison(directory);
    assertThat(iterations(whole)).anyMatch(one -> !one.stageP50Nanos().isEmpty());
    assertThat(iterations(read))
        .hasSameSizeAs(iterations(whole))
        .allMatch(one -> one.stageP50Nanos().isEmpty());
    assertThat(read.results())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*stageP50Nanos.*")
        .isEqualTo(whole.results());
    Files.writeString(
        file(), GOLDEN.replaceFirst("\"stageP50Nanos\" : \\{", "\"stageP50Nanos\" : {\"x\":-,"));
    assertThatThrownBy(() -> RunReader.readForComparison(directory))
        .isInstanceOf(RunDirectoryException.class);
  }

  private static List<IterationRecord> iterations(RunRecord run) {
    return run.results().stream()
        .flatMap(row -> row.forks().stream())
        .flatMap(fork -> fork.iterations().stream())
        .toList();
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    int end = GOLDEN.lastIndexOf('}');
    for (int length = 0; length <= end; length += 97) {
      String part = GOLDEN.substring(0, length);
      assertThatThrownBy(() -> read(part))
          .isInstanceOf(RunDirectoryException.class)
          .hasMessageStartingWith(file() + " is not a run: ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void refusesALaterVersionAndSaysSo() {
    String later = GOLDEN.replace("\"schemaVersion\" : 4", "\"schemaVersion\" : 5");
    assertThatThrownBy(() -> read(later))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessage(
            file()
                + " has schemaVersion 5, written by a later version of this program;"
                + " this one reads up to 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "null", "{\"schemaVersion\": \"1\"}", "{\"schemaVersion\": 0}"})
  void refusesWhatIsNoRun(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessageStartingWith(file() + " is not a run: it has no schemaVersion");
  }

  @Test
  void aMissingRunIsOneClearLine() {
    assertThatThrownBy(() -> RunReader.read(directory))
        .isInstanceOf(RunDirectoryException.class)
        .hasMessage("cannot read " + file() + ": " + file() + " does not exist");
  }

  private RunRecord read(String json) throws IOException {
    Files.writeString(file(), json);
    return RunReader.read(directory);
  }

  private Path file() {
    return directory.resolve("run.json");
  }

  private static List<Error> violations(String json) throws IOException {
    return violations(json, "run-v4.json");
  }

  private static List<Error> violations(String json, String schemaFile) throws IOException {
    Path file = Path.of("..", "docs", "schema", schemaFile);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(file));
    return schema.validate(json, InputFormat.JSON);
  }
}
