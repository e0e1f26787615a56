package io.mooseng.bench.core.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Writes HTML. Whatever is given as text or as the value of an attribute is escaped here, and there
 * is no way around it: names of benchmarks, parameters and messages come from outside.
 *
 * <p>Used by one thread. Names of elements and attributes are this program's own.
 */
final class Html {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9:-]*");

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Html open(String element, String... attributes) {
    start(element, attributes);
    open.push(element);
    out.append('>');
    return this;
  }

  /** Closes the element that was opened last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element with nothing but text in it. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** An element that has no content: {@code <meta>}, or one of SVG. */
  Html empty(String element, String... attributes) {
    start(element, attributes);
    out.append("/>");
    return this;
  }

  /** Text; control and formatting characters, which could disguise what it says, become '?'. */
  Html text(String text) {
    escape(text, out);
    return this;
  }

  /** A line break of the source, which browsers ignore. */
  Html line() {
    out.append('\n');
    return this;
  }

  /** This program's own style sheet or script, as it is. */
  Html constant(String element, String content) {
    if (content.contains("</")) {
      throw new IllegalArgumentException("content that could end <" + element + ">");
    }
    out.append('<').append(element).append('>').append(content);
    out.append("</").append(element).append('>');
    return this;
  }

  /** What another writer has written, all of it closed. */
  Html raw(Html other) {
    other.requireClosed();
    out.append(other.out);
    return this;
  }

  /** The whole text; everything opened must be closed. */
  String finish() {
    requireClosed();
    return "<!DOCTYPE html>\n" + out;
  }

  private void requireClosed() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
  }

  /** A coordinate: one decimal, none where it is zero, in every locale. */
  static String coordinate(double value) {
    long tenths = Math.round(value * 10);
    long size = Math.abs(tenths);
    String sign = tenths < 0 ? "-" : "";
    String fraction = size % 10 == 0 ? "" : "." + size % 10;
    return sign + size / 10 + fraction;
  }

  private void start(String element, String... attributes) {
    out.append('<').append(named(element));
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(named(attributes[i])).append("=\"");
      escape(attributes[i + 1], out);
      out.append('"');
    }
  }

  private static String named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' names no element or attribute");
    }
    return name;
  }

  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isShown(point) ? point : '?');
              }
            });
  }

  private static boolean isShown(int point) {
    int type = Character.getType(point);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
