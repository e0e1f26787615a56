package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/workloads.md} to what the program does. */
class WorkloadsDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "workloads.md");

  private static String row(Workload workload) {
    PopulationShape population = workload.population();
    return "| `%s` | %s | %s | %s | %d files%s, %d per directory, depth %d | %s |"
        .formatted(
            workload.name(),
            workload.describeOperations(),
            workload.sizes().describe(),
            workload.popularity().describe(),
            population.files(),
            population.shared() ? ", shared" : "",
            population.filesPerDirectory(),
            population.depth(),
            workload.range().map(Object::toString).orElse("–"));
  }

  @Test
  void theTableHasARowForEachWorkloadAndNoOther() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.matches("\\| `[a-z-]+` \\|.*files.*depth.*"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Workloads.load(Optional.empty()).all().stream()
                .map(WorkloadsDocumentTest::row)
                .toList());
  }

  @Test
  void everyOperationAndEverySourceIsExplained() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (FileOperation operation : FileOperation.values()) {
      assertThat(text).contains("\n| `" + operation.label() + "` |");
    }
    for (Workload workload : Workloads.load(Optional.empty()).all()) {
      assertThat(text).contains("\n- **`" + workload.name() + "`**:");
      assertThat(workload.source()).contains("chosen for this suite").doesNotContain("\n");
      assertThat(workload.description()).doesNotContain("\n");
    }
  }

  @Test
  void theExampleIsAccepted(@TempDir Path directory) throws IOException {
    String text = Files.readString(DOCUMENT);
    String start = "```yaml\n";
    int from = text.indexOf(start) + start.length();
    Path example =
        Files.writeString(
            directory.resolve("example.yaml"), text.substring(from, text.indexOf("```", from)));
    assertThat(Workloads.load(Optional.of(example)).named("my-mail").share(FileOperation.READ))
        .isEqualTo(0.5);
  }
}
