package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.Requests;
import io.mooseng.bench.core.workload.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/** Writing and reading the bytes of files. Safe for use by any number of threads. */
final class NioContents {

  /**
   * Bytes of the one direct buffer that a reading thread keeps: large enough that the cost of a
   * read call vanishes beside copying, small enough to stay in a core's L2 cache (assumption).
   */
  private static final int BUFFER_BYTES = 256 << 10;

  private final boolean fsync;
  private final ThreadLocal<ByteBuffer> buffers =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

  NioContents(boolean fsync) {
    this.fsync = fsync;
  }

  /** Writes a new file; one that could not be written to its end is deleted again. */
  void write(Path path, Payload payload, StageClock clock) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      clock.end(Stage.METADATA);
      try {
        writeAll(channel, payload);
        clock.end(Stage.TRANSFER);
        if (fsync) {
          force(channel, path);
        }
      } catch (IOException | UnsupportedOperationException e) {
        deleteIncomplete(path, e);
        throw e;
      }
    }
  }

  private void force(SeekableByteChannel channel) throws IOException {
    if (fsync) {
      ((FileChannel) channel).force(true);
    }
  }

  /** Replaces bytes within a file. */
  void overwrite(Path path, long offset, Payload payload, StageClock clock)
      throws IOException, OperationException {
    try (SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
      Requests.requireWithin(offset, payload.size(), channel.size());
      channel.position(offset);
      clock.end(Stage.METADATA);
      writeAll(channel, payload);
      clock.end(Stage.TRANSFER);
      force(channel);
    }
    clock.end(Stage.CLOSE);
  }

  /** Writes at the end of a file that exists. */
  void append(Path path, Payload payload, StageClock clock) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      clock.end(Stage.METADATA);
      writeAll(channel, payload);
      clock.end(Stage.TRANSFER);
      force(channel);
    }
    clock.end(Stage.CLOSE);
  }

  private static void writeAll(SeekableByteChannel channel, Payload payload) throws IOException {
    for (long offset = 0; offset < payload.size(); ) {
      ByteBuffer slice = payload.slice(offset, Payload.BLOCK_BYTES);
      offset += slice.remaining();
      while (slice.hasRemaining()) {
        channel.write(slice);
      }
    }
  }

  private static void deleteIncomplete(Path path, Exception failure) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** A new name is durable once its directory is; only the default file system lets us say so. */
  private static void forceDirectory(Path directory) throws IOException {
    if (directory.getFileSystem() == FileSystems.getDefault()) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /**
   * Refuses a file system that has no file channels at all, without writing anything. One whose
   * files turn out to be no channels after all is refused by the first write.
   */
  static void requireForce(Path directory) throws OperationException {
    Path nothing = unusedName(directory);
    try {
      directory
          .getFileSystem()
          .provider()
          .newFileChannel(nothing, Set.of(StandardOpenOption.READ))
          .close();
    } catch (UnsupportedOperationException e) {
      throw OperationException.light(FailureKind.UNIMPLEMENTED, cannotForce(directory));
    } catch (IOException e) {
      // As it should be: there is no such file, but there could be.
    }
  }

  /**
   * Whether bytes within a file can be replaced. The default file system is taken to do that, as
   * POSIX has it ({@code pwrite}), and nothing is tried there; a mount that cannot refuses each
   * overwrite in its own words. Some other providers (the JDK's for zip files is one) replace the
   * whole file instead, without saying so: there it is found out with a file of a name of its own,
   * which is removed again.
   *
   * @throws IOException if such a file can be neither made nor removed
   */
  static boolean overwrites(Path directory) throws IOException {
    if (directory.getFileSystem() == FileSystems.getDefault()) {
      return true;
    }
    Path probe = unusedName(directory);
    try {
      Files.write(probe, new byte[] {1, 2, 3}, StandardOpenOption.CREATE_NEW);
      return replacesOneByteOf(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static boolean replacesOneByteOf(Path probe) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(probe, StandardOpenOption.WRITE)) {
      channel.position(1).write(ByteBuffer.wrap(new byte[] {9}));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
    return Arrays.equals(Files.readAllBytes(probe), new byte[] {1, 9, 3});
  }

  private static Path unusedName(Path directory) {
    return directory.resolve(".mooseng-bench-" + UUID.randomUUID());
  }

  private static String cannotForce(Path path) {
    return "fsync: the file system of %s cannot force a file to disk".formatted(path);
  }

  private static void force(SeekableByteChannel channel, Path path) throws IOException {
    if (!(channel instanceof FileChannel file)) {
      throw new UnsupportedOperationException(cannotForce(path));
    }
    file.force(true);
    forceDirectory(path.getParent());
  }

  /** Reads a whole file; stage TRANSFER includes the time of the sink. */
  void read(Path path, FrameSink sink, StageClock clock) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.READ)) {
      clock.end(Stage.METADATA);
      transfer(channel, Long.MAX_VALUE, sink, clock);
    }
    clock.end(Stage.CLOSE);
  }

  /**
   * As {@link #read}. Where a provider cannot go to an offset, what is before it is read, too, in
   * stage METADATA.
   */
  void readRange(Path path, long offset, long length, FrameSink sink, StageClock clock)
      throws IOException, OperationException {
    try (SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.READ)) {
      long size = channel.size();
      Requests.requireWithin(offset, length, size);
      try {
        channel.position(offset);
      } catch (UnsupportedOperationException e) {
        skip(channel, offset);
      }
      clock.end(Stage.METADATA);
      if (transfer(channel, length, sink, clock) < length) {
        throw new EOFException("the file ends before the %d bytes it had".formatted(size));
      }
    }
    clock.end(Stage.CLOSE);
  }

  private void skip(SeekableByteChannel channel, long bytes) throws IOException {
    ByteBuffer buffer = buffers.get();
    for (long left = bytes; left > 0; ) {
      int count = channel.read(buffer.clear().limit((int) Math.min(left, BUFFER_BYTES)));
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }

  /**
   * Reads at most {@code length} bytes.
   *
   * @return how many there were
   */
  private long transfer(SeekableByteChannel channel, long length, FrameSink sink, StageClock clock)
      throws IOException {
    ByteBuffer buffer = buffers.get();
    Stage stage = Stage.FIRST_BYTE;
    long done = 0;
    while (done < length) {
      int count = channel.read(buffer.clear().limit((int) Math.min(length - done, BUFFER_BYTES)));
      if (stage == Stage.FIRST_BYTE) {
        clock.end(stage);
        stage = Stage.TRANSFER;
      }
      if (count < 0) {
        break;
      }
      done += count;
      sink.accept(buffer.flip());
    }
    clock.end(stage);
    return done;
  }
}
