package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  @TempDir Path directory;

  @Test
  void anArchiveBesideTheJarIsUsed() throws Exception {
    Path jar = directory.resolve("benchmarks.jar");
    Path archive = Files.createFile(directory.resolve("benchmarks.jsa"));

    assertThat(ClassArchive.options(jar.toString()))
        .contains("-XX:SharedArchiveFile=" + archive)
        .isEqualTo(ClassArchive.options(jar + File.pathSeparator + "provider.jar"));
  }

  @Test
  void withoutAnArchiveOrAJarThereAreNoOptions() throws Exception {
    assertThat(ClassArchive.options(directory.resolve("benchmarks.jar").toString())).isEmpty();
    Files.createFile(directory.resolve("classes.jsa"));
    assertThat(ClassArchive.options(directory.resolve("classes").toString())).isEmpty();
  }

  @Test
  void aRunCanDoWithout() throws Exception {
    Files.createFile(directory.resolve("benchmarks.jsa"));
    String classPath = System.setProperty("java.class.path", directory + "/benchmarks.jar");
    String[] without = ClassArchive.WITHOUT.substring("-D".length()).split("=");
    try {
      assertThat(ClassArchive.options()).isNotEmpty();
      System.setProperty(without[0], without[1]);
      assertThat(ClassArchive.options()).isEmpty();
    } finally {
      System.clearProperty(without[0]);
      System.setProperty("java.class.path", classPath);
    }
  }
}
