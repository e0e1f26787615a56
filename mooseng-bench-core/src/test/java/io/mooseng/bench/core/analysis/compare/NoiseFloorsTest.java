package io.mooseng.bench.core.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NoiseFloorsTest {

  private static final Environment HERE = Environment.of(Runs.HARD, Map.of());

  @TempDir private Path directory;

  private static NoiseFloors of(double... effects) {
    NoiseFloors none = NoiseFloors.none(HERE);
    return new NoiseFloors(
        none.machine(),
        new TreeMap<>(Map.of("throughput", Arrays.stream(effects).boxed().toList())));
  }

  @Test
  void theFloorIsThe95thPercentile() {
    double[] effects = IntStream.rangeClosed(1, 100).mapToDouble(i -> (101 - i) / 1000.0).toArray();
    assertThat(of(effects).floors().get("throughput")).isCloseTo(0.095, within(1e-12));
    assertThat(of(0.01, 0.03, 0.02).floors().get("throughput")).isEqualTo(0.03);
    assertThat(NoiseFloors.none(HERE).floors()).isEmpty();
  }

  @Test
  void whatWasWrittenIsReadAndAddedTo() throws IOException {
    double[] level = {1_000, 1_010, 990, 1_005, 995};
    double[] higher = {1_010, 1_020, 1_000, 1_015, 1_005};
    Comparison same =
        new Comparer(CompareOptions.defaults())
            .compare(
                Runs.run("a").throughput("B.run", Map.of(), level).input(),
                Runs.run("b").throughput("B.run", Map.of(), higher).input(),
                true);
    Path file = directory.resolve("deep").resolve("noise.json");
    of(0.5).plus(same).write(file);
    NoiseFloors read = NoiseFloors.read(file, HERE);
    assertThat(read.effects().get("throughput")).hasSize(2).startsWith(0.5);
    assertThat(read.effects().get("throughput").get(1)).isCloseTo(0.01, within(1e-3));
    assertThat(read.plus(same).effects().get("throughput")).hasSize(3);
    assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
  }

  @Test
  void theWorkloadIsNoPartOfTheMachine() {
    Map<String, String> other = new TreeMap<>(Runs.HARD);
    other.put("workload.hash", "other");
    NoiseFloors one = NoiseFloors.none(HERE);
    assertThat(NoiseFloors.none(Environment.of(other, Map.of())).fileName())
        .isEqualTo(one.fileName())
        .matches("noise-[0-9a-f]{12}\\.json");
    other.put("kernel", "other");
    assertThat(NoiseFloors.none(Environment.of(other, Map.of())).fileName())
        .isNotEqualTo(one.fileName());
  }

  @Test
  void refusesOtherMachinesAndOtherFiles() throws IOException {
    Path file = directory.resolve("noise.json");
    of(0.1).write(file);
    Environment elsewhere =
        Environment.of(
            Map.of("cpu.model", "Other", "kernel", "Linux 6.1", "workload.hash", "x"), Map.of());
    assertThatThrownBy(() -> NoiseFloors.read(file, elsewhere))
        .hasMessage("it is that of another machine: cpu.model: Example CPU v Other");
    for (String text : List.of("{}", "{\"schemaVersion\": 2}", "{", "[]")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> NoiseFloors.read(file, HERE))
          .isInstanceOf(IllegalArgumentException.class);
    }
    of(0.1).write(file);
    Files.writeString(file, Files.readString(file).replace("0.1", "-3"));
    assertThatThrownBy(() -> NoiseFloors.read(file, HERE))
        .hasMessageContaining("effects.throughput");
  }
}
