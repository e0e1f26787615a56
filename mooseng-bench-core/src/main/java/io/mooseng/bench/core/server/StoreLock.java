package io.mooseng.bench.core.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a store directory for one server; the operating system gives it up with the process. */
final class StoreLock implements AutoCloseable {

  private static final String FILE = "lock";

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the directory if needed and takes its lock.
   *
   * @throws IOException naming the directory, if another server has it
   */
  static StoreLock take(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StoreLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // held by another server of this JVM
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException("store " + directory + " is in use by another server");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
