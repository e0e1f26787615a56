package io.mooseng.bench.core.result;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding (RFC 3986, section 2.1), so that names and values can stand between separators.
 */
final class Escape {

  private static final String UNRESERVED_PUNCTUATION = "-._~";

  private Escape() {}

  /** Every UTF-8 byte that is no unreserved character of RFC 3986 becomes {@code %XX}. */
  static String percent(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        escaped.append(c);
      } else {
        escaped.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      }
    }
    return escaped.toString();
  }

  /**
   * The reverse of {@link #percent}.
   *
   * @throws IllegalArgumentException if the text holds a broken escape
   */
  static String unpercent(String text) {
    // URLDecoder also reads '+' as a space, which percent() never writes bare.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED_PUNCTUATION.indexOf(c) >= 0;
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
