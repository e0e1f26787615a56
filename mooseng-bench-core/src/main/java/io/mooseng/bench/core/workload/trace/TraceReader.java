package io.mooseng.bench.core.workload.trace;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a trace line by line, in room for one line. Strict: whatever is not in the format is
 * refused, naming the line. Only the end of a trace whose writer was killed is tolerated: a last
 * line that has no newline and is no JSON was cut short; it is left out, and {@link #cut} says so.
 * Used by one thread.
 */
public final class TraceReader implements AutoCloseable {

  /** Operations of a trace that is replayed: what fits a heap of 1 GB comfortably. */
  public static final int MOST_REPLAYED = 2_000_000;

  /** Longer than any path makes a line; what goes on after it is no trace. */
  private static final int LONGEST_LINE_BYTES = 1 << 20;

  private static final int END = -1;

  private final String origin;
  private final InputStream in;
  private final TraceHeader header;
  private long lines;
  private boolean lastLineComplete = true;
  private Optional<String> cut = Optional.empty();

  /**
   * Opens a trace and reads its header.
   *
   * @param origin names the file in messages, as the user gave it: {@code --replay FILE}
   * @throws ConfigurationException in one line, if there is no such file, or it is no trace, or one
   *     of a later version
   */
  public static TraceReader open(String origin, Path file) {
    try {
      return new TraceReader(origin, new BufferedInputStream(Files.newInputStream(file)));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(origin + ": there is no such file");
    } catch (IOException e) {
      throw unreadable(origin, e);
    }
  }

  private TraceReader(String origin, InputStream in) throws IOException {
    this.origin = origin;
    this.in = in;
    try {
      byte[] line = nextLine().orElseThrow(() -> new MalformedLineException("there is no header"));
      this.header = TraceParser.header(line);
    } catch (MalformedLineException e) {
      in.close();
      throw malformed(e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  public TraceHeader header() {
    return header;
  }

  /**
   * The next operation, or nothing at the end.
   *
   * @throws ConfigurationException in one line that names the line's number and what is wrong
   */
  public Optional<TracedOperation> next() {
    try {
      Optional<byte[]> line = nextLine();
      return line.isPresent() ? operation(line.get()) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(origin, e);
    }
  }

  private Optional<TracedOperation> operation(byte[] line) {
    try {
      return Optional.of(TraceParser.operation(line, header.clients()));
    } catch (MalformedLineException e) {
      if (lastLineComplete || !e.notJson()) {
        throw malformed(e);
      }
      cut = Optional.of("%s: line %d is cut short; left out".formatted(origin, lines));
      return Optional.empty();
    }
  }

  /** One line that says which line was left out, if the last one was; known at the end. */
  public Optional<String> cut() {
    return cut;
  }

  /** The next line without its newline. */
  private Optional<byte[]> nextLine() throws IOException {
    int first = in.read();
    if (first == END) {
      return Optional.empty();
    }
    lines++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = first;
    while (next != '\n' && next != END) {
      if (line.size() == LONGEST_LINE_BYTES) {
        throw new ConfigurationException(
            "%s: line %d: longer than %d bytes".formatted(origin, lines, LONGEST_LINE_BYTES));
      }
      line.write(next);
      next = in.read();
    }
    lastLineComplete = next == '\n';
    return Optional.of(line.toByteArray());
  }

  private ConfigurationException malformed(MalformedLineException e) {
    return new ConfigurationException(
        "%s: line %d: %s".formatted(origin, Math.max(1, lines), e.getMessage()));
  }

  private static ConfigurationException unreadable(String origin, IOException e) {
    return new ConfigurationException(origin + ": cannot be read: " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
