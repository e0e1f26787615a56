package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.workload.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  void write(Path path, Payload payload) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try {
        writeAll(channel, payload);
        if (fsync) {
          force(channel, path);
        }
      } catch (IOException | UnsupportedOperationException e) {
        deleteIncomplete(path, e);
        throw e;
      }
    }
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
    Path nothing = directory.resolve(".mooseng-bench-" + UUID.randomUUID());
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

  /** Stage FIRST_BYTE begins with opening the file; both stages include the time of the sink. */
  void read(Path path, FrameSink sink, OperationTrace trace) throws IOException {
    ByteBuffer buffer = buffers.get();
    long start = System.nanoTime();
    long first = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.READ)) {
      int count = channel.read(buffer.clear());
      first = System.nanoTime();
      while (count >= 0) {
        sink.accept(buffer.flip());
        count = channel.read(buffer.clear());
      }
    }
    trace.add(Stage.FIRST_BYTE, first - start);
    trace.add(Stage.TRANSFER, System.nanoTime() - first);
  }
}
