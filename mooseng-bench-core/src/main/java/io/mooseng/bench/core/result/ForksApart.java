package io.mooseng.bench.core.result;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The JSON of a run with its forks taken out: in the place of each stands its number in the order
 * of the file, counted from 0, and whoever reads the rest gets it by {@link #take}. Where forks are
 * not written as this program writes them, reading throws {@link JsonBytes.Unfamiliar} or {@link
 * JsonBytes.Incomplete}; then all must be read in another way.
 *
 * <p>Used by one thread.
 */
final class ForksApart extends InputStream {

  /**
   * Begins the forks of a row. A line can begin only between two tokens, so this is no part of a
   * text.
   */
  private static final byte[] FORKS = "\n    \"forks\" : [ {".getBytes(StandardCharsets.US_ASCII);

  private static final int BUFFER = 1 << 18;

  private final InputStream source;
  private final JsonBytes json = new JsonBytes(new byte[BUFFER], 0, 0);
  private final ForkScanner scanner;
  private final List<ForkRecord> forks = new ArrayList<>();
  private byte[] rest = new byte[0];
  private int restPosition;
  private int taken;
  private boolean ended;

  /**
   * @param source read to its end, not closed
   * @param stages whether stages of iterations are kept
   * @param values the names of those values of iterations that are kept
   */
  ForksApart(InputStream source, boolean stages, Predicate<String> values) {
    this.source = source;
    this.scanner = new ForkScanner(json, stages, values);
  }

  /**
   * The fork for which {@code number} stands; each is taken once, in their order.
   *
   * @throws JsonBytes.Unfamiliar if it is another one's turn: the file has a number of its own
   *     there
   */
  ForkRecord take(int number) {
    if (number != taken || number >= forks.size()) {
      throw JsonBytes.UNFAMILIAR;
    }
    taken++;
    return forks.set(number, null);
  }

  /** Whether every fork was taken. */
  boolean allTaken() {
    return taken == forks.size();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (restPosition < rest.length) {
      int count = Math.min(length, rest.length - restPosition);
      System.arraycopy(rest, restPosition, into, offset, count);
      restPosition += count;
      return count;
    }
    while (!ended && json.end - json.position < FORKS.length) {
      fill();
    }
    if (json.position == json.end) {
      return -1;
    }
    if (beginsForks(json.position)) {
      scanForks();
      return read(into, offset, length);
    }
    int count = outside(Math.min(length, json.end - json.position));
    System.arraycopy(json.bytes, json.position, into, offset, count);
    json.position += count;
    return count;
  }

  /** How many of the next bytes, at least one of them, are known to come before any forks. */
  private int outside(int most) {
    byte[] bytes = json.bytes;
    int to = json.position + most;
    for (int at = json.position + 1; at < to; at++) {
      if (bytes[at] == '\n') {
        boolean known = ended || json.end - at >= FORKS.length;
        if (!known || beginsForks(at)) {
          return at - json.position;
        }
      }
    }
    return most;
  }

  private boolean beginsForks(int at) {
    return json.end - at >= FORKS.length
        && Arrays.equals(json.bytes, at, at + FORKS.length, FORKS, 0, FORKS.length);
  }

  private void scanForks() throws IOException {
    StringBuilder numbers = new StringBuilder();
    json.position += FORKS.length - 1;
    numbers.append(new String(FORKS, 0, FORKS.length - 1, StandardCharsets.US_ASCII));
    do {
      numbers.append(forks.size());
      forks.add(fork());
      numbers.append(',');
    } while (accept(','));
    numbers.setLength(numbers.length() - 1);
    rest = numbers.toString().getBytes(StandardCharsets.US_ASCII);
    restPosition = 0;
  }

  private ForkRecord fork() throws IOException {
    while (true) {
      int from = json.position;
      try {
        return scanner.next();
      } catch (JsonBytes.Incomplete e) {
        json.position = from;
        more(e);
      }
    }
  }

  private boolean accept(char token) throws IOException {
    while (true) {
      try {
        return json.accept(token);
      } catch (JsonBytes.Incomplete e) {
        more(e);
      }
    }
  }

  private void more(JsonBytes.Incomplete why) throws IOException {
    if (ended) {
      throw why;
    }
    fill();
  }

  /** Moves what is left to the beginning of the buffer, which grows if that is all of it. */
  private void fill() throws IOException {
    int left = json.end - json.position;
    byte[] to = left > json.bytes.length / 2 ? new byte[2 * json.bytes.length] : json.bytes;
    System.arraycopy(json.bytes, json.position, to, 0, left);
    json.bytes = to;
    json.position = 0;
    int count = source.read(to, left, to.length - left);
    ended = count < 0;
    json.end = left + Math.max(0, count);
  }
}
