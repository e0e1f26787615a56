package io.mooseng.bench.core.machine.ceiling;

import io.mooseng.bench.core.model.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file to measure with that has no name: it is unlinked as soon as it is open, so that even a
 * killed program leaves nothing behind.
 */
final class ScratchFile implements AutoCloseable {

  /** The largest share of the free space that a file may take. */
  private static final int FREE_SHARE = 10;

  private final FileChannel channel;
  private final FileChannel direct;
  private final String directRefusal;
  private final int blockBytes;
  private final long capacity;

  private ScratchFile(FileChannel channel, Path path, FileStore store, long capacity)
      throws IOException {
    this.channel = channel;
    this.capacity = capacity;
    this.blockBytes = Math.toIntExact(Math.max(512, store.getBlockSize()));
    FileChannel opened = null;
    String refusal = "";
    try {
      opened = FileChannel.open(path, StandardOpenOption.READ, directOption());
    } catch (IOException | UnsupportedOperationException e) {
      refusal = store.type() + " does not allow O_DIRECT (" + e.getMessage() + ")";
    }
    this.direct = opened;
    this.directRefusal = refusal;
  }

  /**
   * By name: javac of JDK 25 warns of the class as internal when it compiles for 17, and warnings
   * are errors. It is public API of the module {@code jdk.unsupported}.
   */
  private static OpenOption directOption() {
    try {
      Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption");
      return (OpenOption) options.getField("DIRECT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("this JVM has no option for it", e);
    }
  }

  /**
   * A file in {@code directory}.
   *
   * @param largest how far it may grow; less where the free space is short
   * @param least with less than this the file is of no use
   * @throws IOException if the directory cannot be written to or has too little space
   */
  static ScratchFile create(Path directory, ByteSize largest, ByteSize least) throws IOException {
    FileStore store = Files.getFileStore(directory);
    ByteSize free = new ByteSize(store.getUsableSpace());
    long capacity = Math.min(largest.bytes(), free.bytes() / FREE_SHARE);
    if (capacity < least.bytes()) {
      throw new IOException(
          directory
              + " has "
              + (free.bytes() >> 20)
              + " MB free; needed: "
              + FREE_SHARE
              + " times "
              + least);
    }
    Path path = Files.createTempFile(directory, ".mooseng-ceiling-", ".tmp");
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new ScratchFile(channel, path, store, capacity);
    } finally {
      Files.delete(path);
    }
  }

  FileChannel channel() {
    return channel;
  }

  /**
   * The same file past the page cache; offsets, lengths and memory must be multiples of {@link
   * #blockBytes}.
   */
  FileChannel direct() throws IOException {
    if (direct == null) {
      throw new IOException(directRefusal);
    }
    return direct;
  }

  int blockBytes() {
    return blockBytes;
  }

  /** How large the file may become. */
  long capacity() {
    return capacity;
  }

  void write(ByteBuffer bytes, long position) throws IOException {
    for (long at = position; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (direct != null) {
        direct.close();
      }
    }
  }
}
