package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the jar was put together rightly. */
class JarContentsIT {

  private static final long LARGEST_BYTES = 60L << 20;

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(BenchmarksJar.FILE.toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void isNotTooLarge() throws IOException {
    assertThat(Files.size(BenchmarksJar.FILE)).isLessThanOrEqualTo(LARGEST_BYTES);
  }

  @Test
  void manifestNamesProgramAndVersion() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();

    assertThat(manifest.getValue("Main-Class")).isEqualTo("io.mooseng.bench.core.cli.Main");
    assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
    assertThat(manifest.getValue("Implementation-Version")).matches("\\d+\\.\\d+\\..*");
  }

  @Test
  void holdsNoEntryTwice() {
    Set<String> seen = new HashSet<>();

    assertThat(jar.stream().map(ZipEntry::getName)).allMatch(seen::add);
  }

  @Test
  void holdsNeitherSignaturesNorModuleDescriptors() {
    assertThat(jar.stream().map(ZipEntry::getName))
        .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.endsWith("module-info.class"));
  }

  @Test
  void listsTheBenchmarksOfEveryModule() throws IOException {
    assertThat(text("META-INF/BenchmarkList"))
        .contains("io.mooseng.bench.file.")
        .contains("io.mooseng.bench.network.")
        .contains("io.mooseng.bench.multiregion.");
  }

  @Test
  void mergesTheServicesOfGrpc() throws IOException {
    List<String> providers =
        text("META-INF/services/io.grpc.LoadBalancerProvider").lines().toList();

    assertThat(providers)
        .contains(
            "io.grpc.internal.PickFirstLoadBalancerProvider",
            "io.grpc.util.SecretRoundRobinLoadBalancerProvider$Provider");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "META-INF/LICENSE",
        "META-INF/NOTICE",
        "META-INF/licenses/jmh-core.txt",
        "META-INF/licenses/HdrHistogram.txt",
        "META-INF/licenses/commons-math3.txt",
        "META-INF/licenses/protobuf-java.txt",
        "META-INF/licenses/jopt-simple.txt",
        "META-INF/licenses/postgresql.txt",
        "META-INF/licenses/sqlite-jdbc.txt"
      })
  void holdsTheLicences(String name) throws IOException {
    assertThat(text(name)).isNotBlank();
  }

  @Test
  void isUnderTheApacheLicence() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
    assertThat(jar.getEntry("LICENSE")).as("the licence of JMH at the root of the jar").isNull();
  }

  private static String text(String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertThat(entry).as(name).isNotNull();
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
  }
}
