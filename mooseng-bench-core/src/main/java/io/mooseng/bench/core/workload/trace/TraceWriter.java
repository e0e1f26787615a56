package io.mooseng.bench.core.workload.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a trace while a run goes on. Safe for use by any number of threads: a line is never torn
 * by another.
 *
 * <p>Lines gather in one buffer of {@value #BUFFER_BYTES} bytes, which goes to the file when it is
 * full. The thread that finds it full waits for the operating system to take it; nothing queues, so
 * a slow disk slows the run down rather than filling the memory. A process that is killed loses
 * what is in the buffer; what is in the file stays readable, though the last line may be cut.
 *
 * <p>After a failed write the trace is broken: every later call fails with the same cause, rather
 * than leaving a hole.
 */
public final class TraceWriter implements AutoCloseable {

  static final int BUFFER_BYTES = 256 * 1024;

  private final FileChannel channel;
  private final int clients;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private IOException broken;

  private TraceWriter(FileChannel channel, int clients) {
    this.channel = channel;
    this.clients = clients;
  }

  /**
   * Begins a trace; its first line is in the file when this returns.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file: a trace is never
   *     written over another
   */
  public static TraceWriter create(Path file, TraceHeader header) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    TraceWriter writer = new TraceWriter(channel, header.clients());
    try {
      writer.append(TraceLines.of(header));
      writer.flush();
      return writer;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes one operation. */
  public void write(TracedOperation operation) throws IOException {
    if (operation.client() >= clients) {
      throw new IllegalArgumentException("client %d of %d".formatted(operation.client(), clients));
    }
    // Encoded before the lock is taken, so that threads wait for a copy and no more.
    append(TraceLines.of(operation));
  }

  private synchronized void append(byte[] line) throws IOException {
    requireUsable();
    if (line.length > buffer.remaining()) {
      flush();
    }
    if (line.length > buffer.remaining()) {
      drain(ByteBuffer.wrap(line));
    } else {
      buffer.put(line);
    }
  }

  /** Hands everything written so far to the operating system. */
  public synchronized void flush() throws IOException {
    requireUsable();
    drain(buffer.flip());
    buffer.clear();
  }

  private void drain(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      broken = e;
      throw e;
    }
  }

  private void requireUsable() throws IOException {
    if (broken != null) {
      throw new IOException("the trace is broken: " + broken.getMessage(), broken);
    }
  }

  /** Writes what is left and closes the file. */
  @Override
  public synchronized void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      flush();
    }
  }
}
