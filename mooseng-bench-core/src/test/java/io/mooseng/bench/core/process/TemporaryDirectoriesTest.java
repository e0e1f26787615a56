package io.mooseng.bench.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryDirectoriesTest {

  @TempDir Path root;

  @Test
  void closingDeletesEverythingButWhatALinkPointsTo() throws Exception {
    Path precious = Files.writeString(root.resolve("precious"), "stays");
    ScratchDirectory scratch = new TemporaryDirectories(root).create("store");
    Files.createDirectories(scratch.path().resolve("a/b"));
    Files.writeString(scratch.path().resolve("a/b/c"), "goes");
    Files.createSymbolicLink(scratch.path().resolve("link"), precious);
    assertThat(scratch.path().getFileName().toString())
        .startsWith("mooseng-bench-" + ProcessHandle.current().pid() + "-store-");
    scratch.close();
    scratch.close();
    assertThat(scratch.path()).doesNotExist();
    assertThat(precious).exists();
  }

  @Test
  void sweepRemovesWhatAKilledProcessLeft() throws Exception {
    TemporaryDirectories directories = new TemporaryDirectories(root);
    Process owner = ChildJvm.of(ChildJvm.ScratchOwner.class, root.toString()).start();
    try {
      Path left = Path.of(owner.inputReader().readLine());
      assertThat(directories.sweep()).isEmpty();
      assertThat(left.resolve("a/b/file")).exists();
      owner.destroyForcibly().waitFor();
      assertThat(directories.sweep()).containsExactly(left);
      assertThat(left).doesNotExist();
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void sweepLeavesWhatIsNotMarkedAsOurs() throws Exception {
    Path unmarked = Files.createDirectory(root.resolve("mooseng-bench-1-store-x"));
    Path garbled = Files.createDirectory(root.resolve("mooseng-bench-2-store-x"));
    Files.writeString(garbled.resolve(TemporaryDirectories.MARKER), "somebody");
    Path link = root.resolve("mooseng-bench-3-store-x");
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve(TemporaryDirectories.MARKER), "999999999@1");
    Files.createSymbolicLink(link, elsewhere);
    assertThat(new TemporaryDirectories(root).sweep()).isEmpty();
    assertThat(unmarked).exists();
    assertThat(garbled).exists();
    assertThat(elsewhere).exists();
  }

  @Test
  void sweepLeavesTheDirectoriesOfThisProcess() throws Exception {
    TemporaryDirectories directories = new TemporaryDirectories(root);
    try (ScratchDirectory scratch = directories.create("live")) {
      assertThat(directories.sweep()).isEmpty();
      assertThat(scratch.path()).exists();
    }
  }

  /** What this version cannot read, another one may have written, and may be using. */
  @Test
  void sweepLeavesWhatALivingOrUnknownOwnerMarked() throws Exception {
    ProcessIdentity self = ProcessIdentity.current();
    String space = " " + ProcessSpace.current();
    ProcessIdentity beforeTheClockWasSet =
        new ProcessIdentity(self.pid(), self.start().plusSeconds(3_600), self.startTicks());
    List<String> owners = List.of(beforeTheClockWasSet + space, "999999999@1:2:3" + space);
    for (int i = 0; i < owners.size(); i++) {
      Path directory = Files.createDirectory(root.resolve("mooseng-bench-" + i + "-store-x"));
      Files.writeString(directory.resolve(TemporaryDirectories.MARKER), owners.get(i));
    }
    assertThat(new TemporaryDirectories(root).sweep()).isEmpty();
  }
}
