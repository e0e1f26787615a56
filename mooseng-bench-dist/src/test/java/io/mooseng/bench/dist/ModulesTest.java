package io.mooseng.bench.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import io.mooseng.bench.core.target.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** What the modules of the jar may see of each other, and what every benchmark class has. */
class ModulesTest {

  private static final List<String> SIBLINGS = List.of("file", "network", "multiregion");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.mooseng.bench");

  static Stream<String> siblings() {
    return SIBLINGS.stream();
  }

  @ParameterizedTest
  @MethodSource("siblings")
  void siblingsDoNotSeeEachOther(String module) {
    String[] others =
        SIBLINGS.stream()
            .filter(other -> !other.equals(module))
            .map(ModulesTest::packagesOf)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packagesOf(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(CLASSES);
  }

  @Test
  void nothingBelowSeesABenchmarkModule() {
    noClasses()
        .that()
        .resideInAnyPackage("io.mooseng.bench.core..", "io.mooseng.bench.proto..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SIBLINGS.stream().map(ModulesTest::packagesOf).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void onlyNetworkAndRegionBenchmarksKnowGrpc() {
    noClasses()
        .that()
        .resideInAPackage(packagesOf("file"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.grpc..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("siblings")
  void everyModuleHasBenchmarks(String module) {
    assertThat(CLASSES.stream().filter(holdingBenchmarks()))
        .anyMatch(type -> type.getPackageName().equals("io.mooseng.bench." + module));
  }

  @Test
  void benchmarksAreNamedSayWhatTheyMeasureAndRunAlone() {
    classes()
        .that(holdingBenchmarks())
        .should()
        .haveSimpleNameEndingWith("Benchmark")
        .andShould()
        .beAnnotatedWith(Measures.class)
        .andShould(ArchCondition.from(haveAMain()))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "network"})
  void thePageOfAModuleNamesEveryBenchmarkAndParameter(String module) throws IOException {
    String page = Files.readString(Path.of("..", "docs", module + "-benchmarks.md"));
    List<String> names = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (type.getPackageName().equals("io.mooseng.bench." + module)) {
        boolean named = holdingBenchmarks().test(type);
        Stream.concat(
                named ? Stream.of(type.getSimpleName()) : Stream.of(),
                Stream.concat(
                    type.getMethods().stream()
                        .filter(method -> method.isAnnotatedWith(Benchmark.class))
                        .map(method -> "." + method.getName()),
                    type.getFields().stream()
                        .filter(field -> field.isAnnotatedWith(Param.class))
                        .map(JavaField::getName)))
            .map(name -> "`" + name + "`")
            .forEach(names::add);
      }
    }

    assertThat(names).isNotEmpty().allMatch(page::contains);
  }

  private static String packagesOf(String module) {
    return "io.mooseng.bench." + module + "..";
  }

  private static DescribedPredicate<JavaClass> holdingBenchmarks() {
    return DescribedPredicate.describe(
        "hold benchmarks",
        type -> type.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(Benchmark.class)));
  }

  private static DescribedPredicate<JavaClass> haveAMain() {
    return DescribedPredicate.describe(
        "have a main", type -> type.tryGetMethod("main", String[].class).isPresent());
  }
}
