package io.mooseng.bench.core.result;

import java.util.regex.Pattern;

/** The grammar of names that appear in result files. */
final class Names {

  private static final Pattern SERIES = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
  private static final Pattern QUALIFIED = Pattern.compile("[\\w$]+(\\.[\\w$]+)+");

  private Names() {}

  static String requireSeries(String series) {
    if (!SERIES.matcher(series).matches()) {
      throw new IllegalArgumentException(
          "'"
              + series
              + "' is not a series; accepted: lower case with dots and hyphens, such as"
              + " stage.first-byte");
    }
    return series;
  }

  /** The last two parts, class and method, of a benchmark's qualified name. */
  static String simpleBenchmark(String qualifiedName) {
    if (qualifiedName == null || !QUALIFIED.matcher(qualifiedName).matches()) {
      throw new IllegalArgumentException(
          "'" + qualifiedName + "' is not a benchmark; accepted: package.Class.method");
    }
    int method = qualifiedName.lastIndexOf('.');
    return qualifiedName.substring(qualifiedName.lastIndexOf('.', method - 1) + 1);
  }
}
