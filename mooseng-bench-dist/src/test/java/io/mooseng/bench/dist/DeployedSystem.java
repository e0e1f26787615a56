package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real file system that the scripts below {@code deploy/} bring up and take down. */
final class DeployedSystem {

  private final Script script;
  private final String name;
  private final Path directory;

  /**
   * @param name its directory below {@code deploy/}
   * @param directory where it is to live; does not exist yet
   * @param logs holds what the scripts print
   */
  DeployedSystem(String name, Path directory, Path logs) {
    this.script = new Script(logs);
    this.name = name;
    this.directory = directory;
  }

  /**
   * Brings it up; the test is skipped, with the reason the script gave, if this machine cannot.
   *
   * @return what the script printed
   */
  JarRun up() throws IOException, InterruptedException {
    return script.runIfAvailable(name + "/up", "--dir", directory.toString()).exited(0);
  }

  /** The mount point, from the last line of what {@link #up} printed. */
  static String uri(JarRun up) {
    List<String> lines = up.stdout().lines().toList();
    return lines.get(lines.size() - 1);
  }

  /** Takes it down; no error if it is not up. */
  void down() throws IOException, InterruptedException {
    script.run(name + "/down", "--dir", directory.toString()).exited(0);
  }

  /** The network namespace of the instance, by the name in its state file. */
  NetworkNamespace namespace() throws IOException {
    for (String line : Files.readAllLines(directory.resolve(".mooseng-deploy"))) {
      if (line.startsWith("namespace=")) {
        return NetworkNamespace.named(line.substring("namespace=".length()));
      }
    }
    throw new AssertionError("no namespace in the state file of " + directory);
  }

  boolean isMounted() throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(directory + "/");
  }

  /** Fails if anything of it is left. */
  void assertGone(NetworkNamespace namespace) throws IOException {
    assertThat(namespace.processes()).isEmpty();
    assertThat(namespace.file()).doesNotExist();
    assertThat(isMounted()).as("mounted below %s", directory).isFalse();
    assertThat(directory).doesNotExist();
  }
}
