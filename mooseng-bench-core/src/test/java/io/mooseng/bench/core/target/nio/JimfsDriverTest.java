package io.mooseng.bench.core.target.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConcurrentTargetContract;
import io.mooseng.bench.core.target.TargetDriver;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A file system that is not the default one, found by its URI. */
class JimfsDriverTest implements ConcurrentTargetContract {

  private final FileSystem jimfs =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setAttributeViews("basic", "user").build());

  @AfterEach
  void closeFileSystem() throws Exception {
    jimfs.close();
  }

  @Override
  public TargetDriver openDriver() throws Exception {
    return NioDriver.open(jimfs.getPath("/work").toUri(), NioOptions.DEFAULTS);
  }

  @Test
  void leavesFileSystemItDidNotOpenAsItWas() throws Exception {
    openDriver().close();
    assertThat(jimfs.isOpen()).isTrue();
    try (var left = Files.list(jimfs.getPath("/work"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void namesTypeOfFileSystem() throws Exception {
    try (TargetDriver driver = openDriver()) {
      assertThat(driver.identity().implementation()).isEqualTo("jimfs (jimfs)");
    }
  }

  @Test
  void saysThatThereAreNoAttributesWhereThereAreNone() throws Exception {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.unix());
        TargetDriver driver = NioDriver.open(plain.getPath("/work").toUri(), NioOptions.DEFAULTS)) {
      OperationTrace trace = new OperationTrace();
      driver.create(driver.root(), "file", trace);
      assertThatThrownBy(() -> driver.attributes("file", trace))
          .isInstanceOfSatisfying(
              OperationException.class,
              e -> assertThat(e.kind()).isEqualTo(FailureKind.UNIMPLEMENTED))
          .hasMessage("the file system (jimfs) has no extended attributes");
      assertThatThrownBy(() -> driver.setAttributes("nothing", Map.of("a", new byte[1]), trace))
          .isInstanceOfSatisfying(
              OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
    }
  }
}
