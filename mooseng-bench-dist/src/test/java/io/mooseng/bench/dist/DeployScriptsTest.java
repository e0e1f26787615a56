package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts below {@code deploy/} say when they cannot do what they are asked for. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DeployScriptsTest {

  private static final List<String> DAEMONS =
      List.of("mfsmaster", "mfschunkserver", "mfsmount", "glusterd", "gluster", "glusterfs", "ip");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "moosefs/up",
        "moosefs/down",
        "glusterfs/up",
        "glusterfs/down",
        "fio/compare",
        "h2load/compare"
      })
  void areInstalledExecutable(String script) {
    assertThat(Path.of(Script.path(script))).isExecutable();
  }

  @ParameterizedTest
  @CsvSource({
    "moosefs/up, --colour, --dir",
    "glusterfs/up, --colour, --dir",
    "moosefs/down, --colour, --dir",
    "moosefs/up, --dir, needs a directory",
    "glusterfs/down, --dir, needs a directory",
    "fio/compare, --rounds, 1 to 999",
    "fio/compare, --only, write 4KB",
    "fio/compare, --colour, --rounds",
    "h2load/compare, --rounds, 1 to 999",
    "h2load/compare, --seconds, 3 to 999",
    "h2load/compare, 4by25, CONNECTIONSxSTREAMS",
    "h2load/compare, --colour, --rounds"
  })
  void aMistakeIsToldInOneLine(String script, String argument, String accepted)
      throws IOException, InterruptedException {
    new Script(directory).run(script, argument).exited(2).saidInOneLine(script, argument, accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moosefs/down", "glusterfs/down"})
  void downWithoutADirectoryIsToldInOneLine(String script)
      throws IOException, InterruptedException {
    new Script(directory).run(script).exited(2).saidInOneLine("--dir", "must be given");
  }

  @Test
  void aFileToCompareInIsToldInOneLine() throws IOException, InterruptedException {
    Path file = Files.createFile(directory.resolve("file"));

    new Script(directory)
        .run("fio/compare", file.toString())
        .exited(2)
        .saidInOneLine(file.toString(), "directory");
  }

  @ParameterizedTest
  @CsvSource({
    "moosefs/up, mfsmaster, moosefs-master",
    "glusterfs/up, glusterd, glusterfs-server",
  })
  void aMissingPackageIsNamed(String script, String command, String packageName)
      throws IOException, InterruptedException {
    new Script(directory)
        .run(path(List.of()), script)
        .exited(4)
        .saidInOneLine(command, "apt-get install " + packageName);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moosefs/up", "glusterfs/up"})
  void withoutRootIsToldInOneLine(String script) throws IOException, InterruptedException {
    Map<String, String> environment = path(DAEMONS);
    executable("id", "echo 1000");

    new Script(directory).run(environment, script).exited(4).saidInOneLine("root", "1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"moosefs/up", "glusterfs/up"})
  void withoutFuseIsToldInOneLine(String script) throws IOException, InterruptedException {
    JarRun attempt = new Script(directory).execute(Map.of(), withoutDevices("/bin/true"));
    Assumptions.assumeTrue(attempt.exitCode() == 0, attempt.stderr());

    new Script(directory)
        .execute(path(DAEMONS), withoutDevices(Script.path(script)))
        .exited(4)
        .saidInOneLine("/dev/fuse");
  }

  private static List<String> withoutDevices(String command) {
    return List.of(
        "/usr/bin/unshare",
        "--mount",
        "/bin/sh",
        "-c",
        "/bin/mount -t tmpfs none /dev && exec \"$0\"",
        command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moosefs/down", "glusterfs/down"})
  void whatIsNotOursIsNotTakenDown(String script) throws IOException, InterruptedException {
    Path mine = Files.createDirectory(directory.resolve("mine"));
    Files.writeString(mine.resolve("file"), "keep");

    JarRun run = new Script(directory).run(script, "--dir", mine.toString());

    assertThat(run.exitCode()).isIn(2, 4);
    run.withoutStackTrace();
    assertThat(mine.resolve("file")).hasContent("keep");
  }

  /** A PATH with the tools the scripts themselves use and with these commands, which do nothing. */
  private Map<String, String> path(List<String> commands) throws IOException {
    for (String tool : List.of("bash", "dirname", "id")) {
      executable(tool, "exec /usr/bin/%s \"$@\"".formatted(tool));
    }
    for (String command : commands) {
      executable(command, "exit 0");
    }
    return Map.of("PATH", tools().toString());
  }

  private Path tools() throws IOException {
    return Files.createDirectories(directory.resolve("tools"));
  }

  private void executable(String name, String body) throws IOException {
    Path file = tools().resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
