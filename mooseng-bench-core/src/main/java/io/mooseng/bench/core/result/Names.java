package io.mooseng.bench.core.result;

import java.util.regex.Pattern;

/** The grammar of names that appear in result files. */
final class Names {

  private static final Pattern STAGE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern QUALIFIED = Pattern.compile("[\\w$]+(\\.[\\w$]+)+");

  private Names() {}

  static String requireStage(String stage) {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException(
          "'" + stage + "' is not a stage; accepted: lower case with hyphens, such as first-byte");
    }
    return stage;
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
