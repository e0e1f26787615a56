package io.mooseng.bench.core.model;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes.
 *
 * <p>Units are binary: 1 KB = 1 KiB = 1,024 B, 1 MB = 1 MiB = 1,024 KB, 1 GB = 1 GiB = 1,024 MB.
 *
 * @param bytes the size in bytes, not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

  private static final Pattern TEXT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(B|KB|KIB|MB|MIB|GB|GIB)?", Pattern.CASE_INSENSITIVE);

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  /**
   * Reads a size such as {@code 512}, {@code 4KB}, {@code 1.5 MiB}.
   *
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw notASize(text);
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
    long factor =
        switch (unit.charAt(0)) {
          case 'K' -> KIB;
          case 'M' -> MIB;
          case 'G' -> GIB;
          default -> 1;
        };
    try {
      return new ByteSize(
          new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor)).longValueExact());
    } catch (ArithmeticException e) {
      throw notASize(text);
    }
  }

  private static IllegalArgumentException notASize(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a size; accepted: a number with B, KB, MB or GB, such as 64KB");
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The shortest exact form, such as {@code 64KB}; {@link #parse} reads it back. */
  @Override
  public String toString() {
    if (bytes >= GIB && bytes % GIB == 0) {
      return bytes / GIB + "GB";
    }
    if (bytes >= MIB && bytes % MIB == 0) {
      return bytes / MIB + "MB";
    }
    if (bytes >= KIB && bytes % KIB == 0) {
      return bytes / KIB + "KB";
    }
    return bytes + "B";
  }
}
