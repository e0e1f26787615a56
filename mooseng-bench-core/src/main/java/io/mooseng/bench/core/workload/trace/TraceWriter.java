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
  private final int mostClients;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private TraceHeader header;
  private IOException broken;

  private TraceWriter(FileChannel channel, TraceHeader header, int mostClients) {
    this.channel = channel;
    this.header = header;
    this.mostClients = mostClients;
  }

  /**
   * Begins a trace; its first line is in the file when this returns. When more clients turn out
   * than it says, it is written again: there is room for their number.
   *
   * @param mostClients how many there may be in the end
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file: a trace is never
   *     written over another
   */
  public static TraceWriter create(Path file, TraceHeader header, int mostClients)
      throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    TraceWriter writer = new TraceWriter(channel, header, mostClients);
    try {
      writer.append(writer.headerLine());
      writer.flush();
      return writer;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** As long as if it had the most clients. */
  private byte[] headerLine() {
    return TraceLines.padded(
        TraceLines.of(header), TraceLines.of(header.withClients(mostClients)).length);
  }

  /** Writes one operation. */
  public void write(TracedOperation operation) throws IOException {
    if (operation.client() >= mostClients) {
      throw new IllegalArgumentException(
          "client %d of %d".formatted(operation.client(), mostClients));
    }
    haveClient(operation.client());
    // Encoded before the lock is taken, so that threads wait for a copy and no more.
    append(TraceLines.of(operation));
  }

  /** Before the first line of a client, so that the file can be read at any time. */
  private synchronized void haveClient(int client) throws IOException {
    if (client >= header.clients()) {
      requireUsable();
      header = header.withClients(client + 1);
      rewrite(ByteBuffer.wrap(headerLine()));
    }
  }

  private void rewrite(ByteBuffer line) throws IOException {
    try {
      while (line.hasRemaining()) {
        channel.write(line, line.position());
      }
    } catch (IOException e) {
      broken = e;
      throw e;
    }
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
