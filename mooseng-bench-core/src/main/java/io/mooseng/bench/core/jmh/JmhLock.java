package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * JMH's own lock, held for a whole run: JMH takes and frees it around each of its runs, of which
 * there is one per fork here, so that two programs could take turns and spoil both results.
 */
public final class JmhLock implements AutoCloseable {

  private static final String IGNORE_PROPERTY = "jmh.ignoreLock";

  private final FileChannel channel;
  private final FileLock lock;

  private JmhLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock, and makes JMH leave it alone in this process.
   *
   * @throws UnavailableException if another program holds it, or it cannot be opened
   */
  public static JmhLock acquire() {
    if (Boolean.getBoolean(IGNORE_PROPERTY)) {
      return new JmhLock(null, null);
    }
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
    try {
      FileChannel channel = open(file);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new UnavailableException(
            "JMH's lock %s is held by another run; wait for its end".formatted(file), null);
      }
      System.setProperty(IGNORE_PROPERTY, "true");
      return new JmhLock(channel, lock);
    } catch (IOException e) {
      throw new UnavailableException(
          "JMH's lock %s cannot be taken: %s; choose another directory with -Djava.io.tmpdir=DIR"
              .formatted(file, e),
          e);
    }
  }

  /** Writable by everyone, as JMH makes it, so that another user can take it later. */
  private static FileChannel open(Path file) throws IOException {
    if (!Files.exists(file)) {
      boolean writable = file.toFile().createNewFile() && file.toFile().setWritable(true, false);
      if (!writable && !Files.exists(file)) {
        throw new IOException("cannot be created");
      }
    }
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    if (channel == null) {
      return;
    }
    System.clearProperty(IGNORE_PROPERTY);
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      System.err.println("JMH's lock was not freed cleanly: " + e.getMessage());
    }
  }
}
