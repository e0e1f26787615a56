package io.mooseng.bench.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {

  @Test
  void thisProcessIsAlive() {
    assertThat(ProcessIdentity.current().isAlive()).isTrue();
  }

  @Test
  void anotherProcessWithTheSameIdIsNotThisOne() {
    ProcessIdentity self = ProcessIdentity.current();
    ProcessIdentity predecessor =
        new ProcessIdentity(self.pid(), self.start().minus(Duration.ofMinutes(1)));
    assertThat(predecessor.isAlive()).isFalse();
  }

  @Test
  @Timeout(30)
  void aKilledProcessIsNotAlive(@TempDir Path directory) throws Exception {
    Process process = ChildJvm.of(ChildJvm.ScratchOwner.class, directory.toString()).start();
    assertThat(process.inputReader().readLine()).isNotNull();
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
    assertThat(identity.isAlive()).isTrue();
    process.destroyForcibly().waitFor();
    assertThat(identity.isAlive()).isFalse();
  }

  @Test
  void readsBackItsText() {
    ProcessIdentity self = ProcessIdentity.current();
    assertThat(ProcessIdentity.parse(self.toString())).isEqualTo(self);
    assertThatThrownBy(() -> ProcessIdentity.parse("12"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'12' is not a process; accepted: <pid>@");
  }
}
