package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhLockTest {

  private static final String TEMPORARY = "java.io.tmpdir";
  private static final String IGNORE = "jmh.ignoreLock";

  private final String systemTemporary = System.getProperty(TEMPORARY);
  @TempDir private Path directory;

  @BeforeEach
  void useOwnDirectory() {
    System.setProperty(TEMPORARY, directory.toString());
  }

  @AfterEach
  void restore() {
    System.setProperty(TEMPORARY, systemTemporary);
    System.clearProperty(IGNORE);
  }

  @Test
  void isJmhsOwnFileHeldForTheWholeRun() throws IOException {
    Path file = directory.resolve("jmh.lock");
    try (JmhLock lock = JmhLock.acquire()) {
      assertThat(lock).isNotNull();
      assertThat(System.getProperty(IGNORE)).as("JMH leaves it alone here").isEqualTo("true");
      try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
        assertThatThrownBy(other::tryLock)
            .isInstanceOf(java.nio.channels.OverlappingFileLockException.class);
      }
    }
    assertThat(System.getProperty(IGNORE)).isNull();
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock free = other.tryLock()) {
      assertThat(free).isNotNull();
    }
  }

  @Test
  void isNotTakenFromAnother() throws IOException {
    Path file = directory.resolve("jmh.lock");
    try (FileChannel other =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(JmhLock::acquire)
          .isInstanceOf(UnavailableException.class)
          .hasMessage("JMH's lock " + file + " is held by another run; wait for its end");
      assertThat(System.getProperty(IGNORE)).isNull();
    }
    JmhLock.acquire().close();
  }

  @Test
  void theUserMayIgnoreItAsWithJmh() {
    System.setProperty(IGNORE, "true");
    JmhLock.acquire().close();
    assertThat(directory.resolve("jmh.lock")).doesNotExist();
    assertThat(System.getProperty(IGNORE)).as("the user's own").isEqualTo("true");
  }

  @Test
  void aDirectoryThatIsNotThereIsNamed() {
    System.setProperty(TEMPORARY, directory.resolve("missing").toString());
    assertThatThrownBy(JmhLock::acquire)
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("JMH's lock " + directory.resolve("missing") + "/jmh.lock cannot")
        .hasMessageEndingWith("choose another directory with -Djava.io.tmpdir=DIR");
  }

  @Test
  void everyUserCanTakeItLater() throws IOException {
    JmhLock.acquire().close();
    assertThat(Files.getPosixFilePermissions(directory.resolve("jmh.lock")))
        .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE);
  }
}
