package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

class MergedResultsTest {

  private static final String READ = "org.example.ReadBenchmark.read";

  @TempDir private Path directory;

  private static MergedResults twoRows() {
    MergedResults merged = new MergedResults();
    merged.add(List.of(JmhSamples.fork(READ, 10, 20), JmhSamples.fork(READ, 30, 40)));
    merged.add(List.of(JmhSamples.fork("org.example.StatBenchmark.stat", 7, 9)));
    return merged;
  }

  private JsonNode json(MergedResults merged) throws IOException {
    Path file = directory.resolve("jmh.json");
    merged.write(ResultFormatType.JSON, file);
    return new ObjectMapper().readTree(file.toFile());
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** JMH's own writer over JMH's own result: what the tools that read such files were made for. */
  private JsonNode writtenByJmh() throws IOException {
    Path file = directory.resolve("own.json");
    RunResult own = new RunResult(JmhSamples.params(READ), List.of(JmhSamples.fork(READ, 10, 20)));
    ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(List.of(own));
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void hasTheKeysJmhWrites() throws IOException {
    JsonNode merged = json(twoRows());
    JsonNode own = writtenByJmh();
    assertThat(merged).hasSize(2);
    for (JsonNode row : merged) {
      assertThat(keys(row)).isEqualTo(keys(own.get(0)));
      assertThat(keys(row.get("primaryMetric"))).isEqualTo(keys(own.get(0).get("primaryMetric")));
    }
  }

  @Test
  void joinsTheForksOfARow() throws IOException {
    JsonNode row = json(twoRows()).get(0);
    assertThat(row.get("forks").asInt()).isEqualTo(2);
    assertThat(row.get("primaryMetric").get("score").asDouble()).isEqualTo(25);
    assertThat(row.get("primaryMetric").get("rawData")).hasToString("[[10.0,20.0],[30.0,40.0]]");
    assertThat(row.get("params")).hasToString("{\"size\":\"1KB\",\"target\":\"embedded\"}");
    assertThat(row.get("jvmArgs")).hasToString("[\"-Xmx1g\"]");
  }

  @Test
  void changesNothingButTheNumberOfForks() {
    MergedResults merged = new MergedResults();
    assertThat(merged.isEmpty()).isTrue();
    merged.add(List.of(JmhSamples.fork(READ, 1), JmhSamples.fork(READ, 2)));
    assertThat(merged.isEmpty()).isFalse();
    BenchmarkParams found = merged.rows().get(0).getParams();
    assertThat(found.getForks()).isEqualTo(2);
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFields("forks")
        .isEqualTo(JmhSamples.params(READ));
  }

  @Test
  void writesEveryFormatOfJmh() throws IOException {
    for (ResultFormatType format : ResultFormatType.values()) {
      Path file = directory.resolve("result." + format);
      twoRows().write(format, file);
      assertThat(file).content().contains("ReadBenchmark.read", "StatBenchmark.stat");
    }
    try (var files = Files.list(directory)) {
      assertThat(files).as("no partial files are left").hasSize(ResultFormatType.values().length);
    }
  }

  @Test
  void replacesAnEarlierFile() throws IOException {
    Path file = Files.writeString(directory.resolve("r.csv"), "old");
    twoRows().write(ResultFormatType.CSV, file);
    assertThat(file).content().doesNotContain("old").contains("ReadBenchmark.read");
  }

  @Test
  void writesThroughALinkAndLeavesItALink() throws IOException {
    Path file = Files.writeString(directory.resolve("real.csv"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link.csv"), file);
    twoRows().write(ResultFormatType.CSV, link);
    assertThat(link).isSymbolicLink();
    assertThat(file).content().contains("ReadBenchmark.read");
  }

  @Test
  void neverReplacesWhatIsNoFile() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("results"));
    assertThatThrownBy(() -> twoRows().write(ResultFormatType.CSV, empty))
        .isInstanceOf(IOException.class);
    assertThat(empty).isDirectory();
  }
}
