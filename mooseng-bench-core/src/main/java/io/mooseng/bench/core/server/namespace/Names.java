package io.mooseng.bench.core.server.namespace;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What may be the name of a file, and what is a path. */
final class Names {

  /** NAME_MAX of Linux. */
  private static final int MAX_BYTES = 255;

  private Names() {}

  /**
   * @throws NamespaceException INVALID_ARGUMENT
   */
  static String checked(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0
        || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw NamespaceException.invalid(
          "'" + name + "' is not a name; accepted: 1 to 255 bytes without '/' and NUL");
    }
    return name;
  }

  /**
   * The names from the root on; none for the root itself.
   *
   * @throws NamespaceException INVALID_ARGUMENT for a path that is not absolute
   */
  static List<String> ofPath(String path) {
    if (!path.startsWith("/")) {
      throw NamespaceException.invalid("'" + path + "' is not a path; accepted: /name/name");
    }
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }
}
