package io.mooseng.bench.core.machine.doctor;

import io.mooseng.bench.core.machine.DiskInfo;
import io.mooseng.bench.core.machine.SystemFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories that a run writes to, and the lock in one of them. */
final class DirectoryChecks {

  private static final long COMFORTABLE_BYTES = 4L << 30;

  private DirectoryChecks() {}

  static Check directory(SystemFiles files, String name, Path directory) {
    if (!Files.isDirectory(directory)) {
      return Check.missing(name, directory + " is not a directory", "mkdir -p " + directory);
    }
    if (!Files.isWritable(directory)) {
      return Check.missing(
          name, directory + " is not writable", "choose another, or change its owner");
    }
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      String finding =
          directory
              + ": "
              + (free >> 20)
              + " MB free, "
              + DiskInfo.read(files, directory).fileSystem().orElse("unknown file system");
      return free >= COMFORTABLE_BYTES
          ? Check.ok(name, finding)
          : Check.limited(
              name, finding, "free " + (COMFORTABLE_BYTES >> 30) + " GB, or use another");
    } catch (IOException e) {
      return Check.missing(name, directory + ": " + e.getMessage(), "choose another directory");
    }
  }

  /** JMH locks {@code jmh.lock} in the temporary directory while it runs. */
  static Check jmhLock(Path temporary) {
    String name = "jmh lock";
    Path lockFile = temporary.resolve("jmh.lock");
    if (!Files.exists(lockFile)) {
      return Check.ok(name, "free");
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null ? Check.ok(name, "free") : held(lockFile);
    } catch (OverlappingFileLockException e) {
      return held(lockFile);
    } catch (IOException e) {
      return Check.missing(
          name,
          lockFile + " cannot be locked: " + e.getMessage(),
          "remove it, or change its owner");
    }
  }

  private static Check held(Path lockFile) {
    return Check.missing(
        "jmh lock", lockFile + " is held by another run", "wait until the other run ends");
  }
}
