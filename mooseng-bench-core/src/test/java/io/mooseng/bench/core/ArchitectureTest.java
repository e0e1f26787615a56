package io.mooseng.bench.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

/** Holds the classes of core to the package table of {@code docs/architecture.md}. */
class ArchitectureTest {

  private static final String CORE = "io.mooseng.bench.core.";
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");
  private static final String PROTO = "io.mooseng.bench.proto";
  private static final String STUBS = "proto";

  /** Each package of core, and which others of ours it may import. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      readTable(Path.of("..", "docs", "architecture.md"));

  /** The rim: imports everything, and nothing imports it. */
  private static final String RIM = "cli";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.mooseng.bench.core");

  /** Rows look like {@code | `target.grpc` | its reason | `model`, `wire` |}. */
  private static Map<String, Set<String>> readTable(Path document) {
    Map<String, Set<String>> table = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(document)) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          table.put(
              row.group(1),
              NAME.matcher(row.group(2))
                  .results()
                  .map(name -> name.group(1))
                  .collect(Collectors.toSet()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  static Stream<String> packagesOfTheTable() {
    return MAY_IMPORT.keySet().stream().filter(name -> !name.equals(RIM));
  }

  @ParameterizedTest
  @MethodSource("packagesOfTheTable")
  void importsOnlyWhatTheTableAllows(String name) {
    Set<String> allowed =
        Stream.concat(MAY_IMPORT.get(name).stream(), Stream.of(name))
            .map(ArchitectureTest::fullName)
            .collect(Collectors.toSet());
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(fullName(name))
            .should()
            .dependOnClassesThat(ours().and(DescribedPredicate.not(in(allowed))))
            .because("docs/architecture.md lets it import " + new TreeSet<>(MAY_IMPORT.get(name)))
            .allowEmptyShould(true);
    rule.check(CLASSES);
  }

  @Test
  void everyPackageIsInTheTable() {
    Set<String> found =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(CORE.length()))
            .collect(Collectors.toSet());
    assertThat(MAY_IMPORT.keySet()).containsAll(found);
  }

  @ParameterizedTest
  @MethodSource("jdkOnly")
  void usesTheJdkAlone(String name) {
    classes()
        .that()
        .resideInAPackage(fullName(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "javax..", fullName(name))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  static Stream<String> jdkOnly() {
    return Stream.of("model", "process", "random");
  }

  @Test
  void onlyWhatSpeaksTheProtocolKnowsGrpc() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CORE + "target.grpc", CORE + "server..", CORE + "wire")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.grpc..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageMakesSystemCalls() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE + "link.linux")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(CLASSES);
  }

  @Test
  void onlyTheBridgeAndTheCommandLineKnowJmhsRunner() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CORE + "jmh", CORE + RIM)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.openjdk.jmh.runner..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE + RIM)
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void simulationHasNeitherWallClockNorInputAndOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE + "simulation", CORE + "target.simulated")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void holdsNoBenchmark() {
    noMethods().should().beAnnotatedWith(Benchmark.class).check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(CORE + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static String fullName(String name) {
    return name.equals(STUBS) ? PROTO : CORE + name;
  }

  private static DescribedPredicate<JavaClass> ours() {
    return describe(
        "of this project", type -> type.getPackageName().startsWith("io.mooseng.bench."));
  }

  private static DescribedPredicate<JavaClass> in(Set<String> packages) {
    return describe(
        "in " + new TreeSet<>(packages), type -> packages.contains(type.getPackageName()));
  }
}
