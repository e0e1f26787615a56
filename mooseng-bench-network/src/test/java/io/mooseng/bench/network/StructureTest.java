package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mooseng.bench.core.jmh.BenchmarkCatalogue;
import io.mooseng.bench.core.jmh.JmhCommand;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.BenchmarkEntry;
import io.mooseng.bench.core.plan.PlanRequest;
import io.mooseng.bench.core.plan.Planner;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.plan.Trait;
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

/** What every benchmark of this module has, whatever it measures. */
class StructureTest {

  private static final String PACKAGE = "io.mooseng.bench.";
  private static final List<String> SIBLINGS = List.of("file", "network", "multiregion");
  private static final String OWN = "network";

  static List<BenchmarkEntry> benchmarks() {
    return BenchmarkCatalogue.find(JmhCommand.parse(List.of()));
  }

  @Test
  void theCatalogueHoldsThisModuleAlone() {
    assertThat(benchmarks())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.className()).startsWith(PACKAGE + OWN + "."));
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

  /** What a relay must refuse, since it cannot show it. */
  @Test
  void rowsThatTimeATcpConnectSaySo() {
    assertThat(benchmarks())
        .filteredOn(entry -> entry.traits().contains(Trait.TIMES_TCP_CONNECT))
        .extracting(BenchmarkEntry::shortName)
        .containsExactlyInAnyOrder(
            "ConnectionSetupBenchmark.tcpConnect", "ConnectionStormBenchmark.tcp");
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
