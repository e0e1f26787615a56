package io.mooseng.bench.core.report;

import java.util.regex.Pattern;

/** ANSI escapes (ECMA-48, select graphic rendition), or none. */
record Style(boolean colour) {

  private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}]");
  private static final String ESCAPE = "\u001b[";
  private static final String RED = ESCAPE + "31m";
  private static final String YELLOW = ESCAPE + "33m";
  private static final String RESET = ESCAPE + "0m";

  String alarm(String text) {
    return colour ? RED + text + RESET : text;
  }

  String warning(String text) {
    return colour ? YELLOW + text + RESET : text;
  }

  /** What came from outside must not steer the terminal, or break a line. */
  static String plain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~')
        ? text
        : STEERING.matcher(text).replaceAll("?");
  }
}
