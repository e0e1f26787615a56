package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mooseng.bench.core.jmh.BenchmarkCatalogue;
import io.mooseng.bench.core.jmh.JmhCommand;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.PlanRequest;
import io.mooseng.bench.core.plan.Planner;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.target.ConnectionSetting;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** What every benchmark of this module has, whatever it measures. */
class StructureTest {

  private static final String PACKAGE = "io.mooseng.bench.";
  private static final List<String> SIBLINGS = List.of("file", "network", "multiregion");
  private static final String OWN = "file";

  static List<BenchmarkEntry> benchmarks() {
    return BenchmarkCatalogue.find(JmhCommand.parse(List.of()));
  }

  @Test
  void theCatalogueHoldsThisModuleAlone() {
    assertThat(benchmarks())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.className()).startsWith(PACKAGE + OWN + "."));
  }

  /** What JMH is not told because it is the default must be what JMH then takes. */
  @Test
  void connectionsDeclareTheDefaults() throws ReflectiveOperationException {
    for (ConnectionSetting setting : ConnectionSetting.values()) {
      assertThat(Connections.class.getField(setting.parameter()).getAnnotation(Param.class).value())
          .as(setting.parameter())
          .containsExactly(ConnectionSettings.defaults().text(setting));
    }
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void saysWhatItMeasuresAndRunsAlone(BenchmarkEntry entry) throws ReflectiveOperationException {
    Class<?> type = Class.forName(entry.className());
    assertThat(type.getSimpleName()).endsWith("Benchmark");
    assertThat(type.getSuperclass()).isEqualTo(Object.class);
    assertThat(measured(type, entry.method())).isEqualTo(entry.kind());
    assertThat(entry.hasTarget()).isEqualTo(entry.kind() != OperationKind.HARNESS);
    int modifiers = type.getMethod("main", String[].class).getModifiers();
    assertThat(Modifier.isStatic(modifiers)).isTrue();
  }

  /** What a method says goes before what its class must say. */
  private static OperationKind measured(Class<?> type, String method) {
    OperationKind ofClass = type.getAnnotation(Measures.class).value();
    return Arrays.stream(type.getMethods())
        .filter(candidate -> candidate.getName().equals(method))
        .map(candidate -> candidate.getAnnotation(Measures.class))
        .filter(Objects::nonNull)
        .map(Measures::value)
        .findFirst()
        .orElse(ofClass);
  }

  /** Given back with -p, the declared values pass the rules the user's values must pass. */
  @ParameterizedTest
  @MethodSource("benchmarks")
  void everyDeclaredValueIsAccepted(BenchmarkEntry entry) {
    Map<String, List<String>> declared = new LinkedHashMap<>(entry.parameters());
    ResolvedTarget embedded =
        new ResolvedTarget("embedded", Fidelity.EMBEDDED, Optional.empty(), Optional.empty());
    PlanRequest request =
        new PlanRequest(
            List.of(entry),
            declared,
            Sizes.NONE,
            Optional.empty(),
            Optional.empty(),
            List.of(embedded));
    int combinations = declared.values().stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
    assertThat(Planner.plan(request).cells()).hasSize(combinations);
    assertThatCode(() -> Planner.plan(request).estimate()).doesNotThrowAnyException();
  }

  @Test
  void siblingsAreNotImported() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        for (String sibling : SIBLINGS) {
          if (!sibling.equals(OWN)) {
            assertThat(file).content().doesNotContain(PACKAGE + sibling + ".");
          }
        }
      }
    }
  }
}
