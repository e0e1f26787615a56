package io.mooseng.bench.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {

  @Test
  void thisProcessIsAlive() {
    assertThat(ProcessIdentity.current().isAlive()).isTrue();
  }

  @Test
  void anotherProcessWithTheSameIdIsNotThisOne() {
    assertThat(ProcessIdentities.predecessorOf(ProcessIdentity.current()).isAlive()).isFalse();
  }

  /** Its start by the wall clock then is another one for every JVM that starts later. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aClockThatIsSetEndsNoProcess() {
    ProcessIdentity self = ProcessIdentity.current();
    for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      ProcessIdentity before =
          new ProcessIdentity(self.pid(), self.start().plus(step), self.startTicks());
      assertThat(before.isAlive()).isTrue();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatKnowsNoTicksIsAliveAsLongAsItsIdIsTaken() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity earlier = ProcessIdentity.parse(process.pid() + "@1");
    assertThat(earlier.isAlive()).isTrue();
    process.destroyForcibly().waitFor();
    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void readsTheStartOfACommandOfAnyName() {
    String fields = " S 1 7 7 0 -1 4194304 99 0 0 0 0 0 0 0 20 0 1 0 5916665 3133440 410 18446744";
    for (String command : List.of("cat", "a b", "tricky) Z 1 2 (", ") 3", "")) {
      assertThat(ProcessStat.parse("7 (" + command + ")" + fields))
          .contains(new ProcessStat('S', 5_916_665));
    }
    for (String other : List.of("", "7", "7 (cat)", "7 (cat) S 1 2 3", "x".repeat(300))) {
      assertThat(ProcessStat.parse(other)).isEmpty();
    }
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
    ProcessIdentity earlier =
        new ProcessIdentity(12, Instant.ofEpochMilli(34), OptionalLong.empty());
    assertThat(ProcessIdentity.parse("12@34")).isEqualTo(earlier).hasToString("12@34");
    for (String other : List.of("12", "12@34:", "12@34:5:6", "12@34+5", "12@-34:5")) {
      assertThatThrownBy(() -> ProcessIdentity.parse(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + other + "' is not a process; accepted: <pid>@");
    }
  }
}
