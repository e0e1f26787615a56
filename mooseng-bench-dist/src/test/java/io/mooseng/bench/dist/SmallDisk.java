package io.mooseng.bench.dist;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tmpfs of a few pages, or MB; only root may mount one. */
record SmallDisk(Path path) implements AutoCloseable {

  static SmallDisk mount(Path path, String size) throws IOException, InterruptedException {
    Files.createDirectories(path);
    int exit = command("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
    assumeThat(exit).as("exit code of mount: a tmpfs needs privileges").isZero();
    return new SmallDisk(path);
  }

  /** Lets nobody write any more. */
  void makeReadOnly() throws IOException, InterruptedException {
    // Busy while a file is open for writing.
    Await.until(
        "the disk to become read-only",
        () -> command("mount", "-o", "remount,ro", path.toString()) == 0);
  }

  @Override
  public void close() throws IOException {
    try {
      command("umount", "-l", path.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int command(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
