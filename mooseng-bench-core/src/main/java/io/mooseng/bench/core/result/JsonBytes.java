package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tokens of JSON in bytes, read strictly: what is not plain (escapes, letters beyond ASCII, numbers
 * of many digits) is {@link Unfamiliar}.
 *
 * <p>Used by one thread. The bytes are those between {@link #position} and {@link #end} of {@link
 * #bytes}.
 */
final class JsonBytes {

  static final Unfamiliar UNFAMILIAR = new Unfamiliar();
  static final Incomplete INCOMPLETE = new Incomplete();

  /** Any number of so many digits is a {@code long}. */
  private static final int MOST_DIGITS = 18;

  /** Longer ones may be no finite {@code double}. */
  private static final int LONGEST_NUMBER = 40;

  private static final int MOST_EXPONENT_DIGITS = 2;

  private final ByteNames names = new ByteNames();

  byte[] bytes;
  int position;
  int end;

  JsonBytes(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** Not necessarily wrong, but not as a run is written. */
  static final class Unfamiliar extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Unfamiliar() {
      super("not as a run is written", null, false, false);
    }
  }

  /** The bytes end within a token or between two of them. */
  static final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Incomplete() {
      super("more bytes are needed", null, false, false);
    }
  }

  /** The next byte that is no white space; the position stays at it. */
  private int peek() {
    int at = position;
    byte[] b = bytes;
    while (at < end) {
      int c = b[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        position = at;
        return c;
      }
      at++;
    }
    throw INCOMPLETE;
  }

  void expect(char token) {
    if (peek() != token) {
      throw UNFAMILIAR;
    }
    position++;
  }

  /** Whether the next token is this one, which is then read. */
  boolean accept(char token) {
    if (peek() != token) {
      return false;
    }
    position++;
    return true;
  }

  /** Whether the next value is {@code null}, which is then read. */
  boolean isNull() {
    if (peek() != 'n') {
      return false;
    }
    if (end - position < 4) {
      throw INCOMPLETE;
    }
    if (bytes[position + 1] != 'u' || bytes[position + 2] != 'l' || bytes[position + 3] != 'l') {
      throw UNFAMILIAR;
    }
    position += 4;
    return true;
  }

  /**
   * The name of a field.
   *
   * @param before what stands before it: a brace or a comma
   * @param usual all up to its value, as it is usually laid out
   */
  record Field(String name, char before, byte[] usual) {

    /** The first field of an object whose fields are so many levels from the left. */
    static Field first(String name, int depth) {
      return of(name, '{', "{", depth);
    }

    /** The first field of such an object that is an element of an array. */
    static Field element(String name, int depth) {
      return of(name, '{', " {", depth);
    }

    /** A field behind another one. */
    static Field later(String name, int depth) {
      return of(name, ',', ",", depth);
    }

    private static Field of(String name, char before, String begin, int depth) {
      String usual = begin + "\n" + "  ".repeat(depth - 1) + '"' + name + "\" : ";
      return new Field(name, before, usual.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Reads what stands before a field, its name and its colon. */
  void name(Field field) {
    byte[] usual = field.usual();
    int behind = position + usual.length;
    // All at once, if it is laid out as ever: most of a file is white space and names.
    if (behind <= end && Arrays.equals(bytes, position, behind, usual, 0, usual.length)) {
      position = behind;
      return;
    }
    expect(field.before());
    if (!name().equals(field.name())) {
      throw UNFAMILIAR;
    }
  }

  /** Reads a name and its colon. */
  String name() {
    String name = text();
    expect(':');
    return name;
  }

  /** Reads a text of plain characters. */
  String text() {
    expect('"');
    int from = position;
    for (int at = from; at < end; at++) {
      int c = bytes[at];
      if (c == '"') {
        position = at + 1;
        return names.of(bytes, from, at);
      }
      if (c < ' ' || c == '\\') {
        // Bytes of letters beyond ASCII are below 0.
        throw UNFAMILIAR;
      }
    }
    throw INCOMPLETE;
  }

  int intOf(Field name) {
    name(name);
    long value = longValue();
    if (value != (int) value) {
      throw UNFAMILIAR;
    }
    return (int) value;
  }

  long longOf(Field name) {
    name(name);
    return longValue();
  }

  /** Reads a whole number that is written as one. */
  long longValue() {
    int first = peek();
    int at = position;
    if (first == '-') {
      at++;
    }
    int from = at;
    long value = 0;
    while (at < end && isDigit(bytes[at])) {
      value = 10 * value + bytes[at] - '0';
      at++;
    }
    int digits = at - from;
    if (at == end) {
      throw INCOMPLETE;
    }
    if (digits == 0
        || digits > MOST_DIGITS
        || bytes[from] == '0' && (digits > 1 || first == '-')
        || !endsNumber(bytes[at])) {
      throw UNFAMILIAR;
    }
    position = at;
    return first == '-' ? -value : value;
  }

  /** Reads a finite number. */
  double doubleValue() {
    peek();
    int from = position;
    if (skipNumber()) {
      position = from;
      return longValue();
    }
    String text = new String(bytes, from, position - from, StandardCharsets.US_ASCII);
    return NumberInput.parseDouble(text, true);
  }

  /**
   * Reads a number that is finite.
   *
   * @return whether it is written as a whole number
   */
  boolean skipNumber() {
    int first = peek();
    int from = position;
    int at = first == '-' ? from + 1 : from;
    int digits = digitsFrom(at);
    boolean leadingZero = digits > 1 && bytes[at] == '0';
    at += digits;
    boolean whole = true;
    boolean wellFormed = digits > 0 && !leadingZero;
    if (at < end && bytes[at] == '.') {
      int fraction = digitsFrom(at + 1);
      wellFormed &= fraction > 0;
      at += 1 + fraction;
      whole = false;
    }
    if (at < end && (bytes[at] == 'E' || bytes[at] == 'e')) {
      at++;
      at += at < end && (bytes[at] == '-' || bytes[at] == '+') ? 1 : 0;
      int exponent = digitsFrom(at);
      wellFormed &= exponent > 0 && exponent <= MOST_EXPONENT_DIGITS;
      at += exponent;
      whole = false;
    }
    if (at >= end) {
      throw INCOMPLETE;
    }
    if (!wellFormed || at - from > LONGEST_NUMBER || !endsNumber(bytes[at])) {
      throw UNFAMILIAR;
    }
    position = at;
    return whole;
  }

  private int digitsFrom(int from) {
    int at = from;
    while (at < end && isDigit(bytes[at])) {
      at++;
    }
    return Math.max(0, at - from);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean endsNumber(byte b) {
    return b == ',' || b == '}' || b == ']' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
