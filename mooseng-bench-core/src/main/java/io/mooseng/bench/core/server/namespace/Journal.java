package io.mooseng.bench.core.server.namespace;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * An append-only file of records, each with its length and its CRC32C.
 *
 * <p>A record at the end that was not written completely is dropped when the file is opened: it was
 * never acknowledged. A damaged record with others behind it is an error, as dropping it would lose
 * acknowledged ones.
 *
 * <p>Appends come one at a time; {@link #force} may run beside them.
 */
final class Journal implements Closeable {

  private static final int HEADER_BYTES = 2 * Integer.BYTES;

  /** No command is longer; a larger length is damage. gRPC carries at most 8 MiB to the server. */
  private static final int MAX_RECORD_BYTES = 16 << 20;

  private final Path file;
  private final FileChannel channel;
  private long end;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens or creates a journal and hands every record in it to {@code replay}. */
  static Journal open(Path file, Consumer<byte[]> replay) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      Journal journal = new Journal(file, channel);
      journal.replay(replay);
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void replay(Consumer<byte[]> consumer) throws IOException {
    long size = channel.size();
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    while (end < size) {
      if (size - end < HEADER_BYTES) {
        break;
      }
      readFully(header.clear(), end);
      int length = header.getInt(0);
      byte[] record = recordAt(length, header.getInt(Integer.BYTES), size);
      if (record == null) {
        if (!isTornTail(length, size)) {
          throw new IOException(file + " is damaged at byte " + end + " and cannot be replayed");
        }
        break;
      }
      consumer.accept(record);
      end += HEADER_BYTES + length;
    }
    channel.truncate(end);
  }

  /** The record that starts at the end of those read, or null if it is damaged. */
  private byte[] recordAt(int length, int crc, long size) throws IOException {
    if (length <= 0 || length > MAX_RECORD_BYTES || end + HEADER_BYTES + length > size) {
      return null;
    }
    byte[] record = new byte[length];
    readFully(ByteBuffer.wrap(record), end + HEADER_BYTES);
    return crc == crcOf(record) ? record : null;
  }

  /** Damage up to the end of the file is what a crash leaves: a part of a record, or zeros. */
  private boolean isTornTail(int length, long size) throws IOException {
    if (length > 0 && length <= MAX_RECORD_BYTES) {
      return end + HEADER_BYTES + length >= size;
    }
    ByteBuffer window = ByteBuffer.allocate(1 << 16);
    for (long position = end; position < size; position += window.limit()) {
      window.clear().limit((int) Math.min(window.capacity(), size - position));
      readFully(window, position);
      for (int i = 0; i < window.limit(); i++) {
        if (window.get(i) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private void readFully(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new EOFException(file + " ends at byte " + at);
      }
      at += read;
    }
  }

  /** Appends a record; after a failure the journal is as before. */
  void append(byte[] record) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + record.length);
    buffer.putInt(record.length).putInt(crcOf(record)).put(record).flip();
    long at = end;
    try {
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      end = at;
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  /** Returns when every record appended before this call is on the device. */
  void force() throws IOException {
    channel.force(false);
  }

  private static int crcOf(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
