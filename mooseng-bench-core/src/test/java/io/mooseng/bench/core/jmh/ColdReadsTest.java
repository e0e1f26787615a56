package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As targets name themselves, not as somebody thinks they do. */
class ColdReadsTest {

  private static boolean areInMemory(URI target) throws OperationException {
    try (TargetDriver driver = Targets.open(target.toString(), TargetOptions.defaults())) {
      return ColdReads.areInMemory(driver.identity().implementation());
    }
  }

  @Test
  void filesOfTmpfsAreInMemory() throws IOException, OperationException {
    Path shared = Path.of("/dev/shm");
    assumeThat(shared).as("a tmpfs").isDirectory().isWritable();
    assumeThat(Files.getFileStore(shared).type()).as("type of /dev/shm").isEqualTo("tmpfs");

    assertThat(areInMemory(shared.toUri())).isTrue();
  }

  @Test
  void filesOfJimfsAreInMemory() throws IOException, OperationException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = Files.createDirectory(memory.getPath("/files"));

      assertThat(areInMemory(directory.toUri())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4 (/dev/vda)", "xfs (tmpfs)", "fuse.mfs (ramfs)", "tmpfslike (x)"})
  void othersAreNot(String implementation) {
    assertThat(ColdReads.areInMemory(implementation)).isFalse();
  }
}
