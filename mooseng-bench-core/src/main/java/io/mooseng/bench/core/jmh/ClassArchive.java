package io.mooseng.bench.core.jmh;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The archive of parsed classes that lies beside the jar, if the build has made one: forks and
 * servers start sooner with it (class-data sharing, JEP 350). It changes how classes are loaded,
 * not how code is compiled, so no measured iteration depends on it.
 */
public final class ClassArchive {

  /** The option of a JVM whose forks and servers are to do without. */
  public static final String WITHOUT = "-Dmooseng.bench.class-archive=off";

  /** The option of a JVM that names its archive begins so. */
  public static final String FILE = "-XX:SharedArchiveFile=";

  private static final String PROPERTY = "mooseng.bench.class-archive";

  private static final String JAR = ".jar";
  private static final String ARCHIVE = ".jsa";

  private ClassArchive() {}

  /** Options of a JVM with this one's class path; none if this one was started {@link #WITHOUT}. */
  public static List<String> options() {
    return "off".equals(System.getProperty(PROPERTY))
        ? List.of()
        : options(System.getProperty("java.class.path"));
  }

  /**
   * Options of a JVM that is to use the archive beside the first jar of a class path. A JVM that
   * cannot use it (another version, a jar that was changed since) goes without; it says so on
   * stdout unless it is told not to.
   *
   * @return none if there is no archive
   */
  static List<String> options(String classPath) {
    String first = classPath.split(File.pathSeparator, 2)[0];
    if (!first.endsWith(JAR)) {
      return List.of();
    }
    Path archive = Path.of(first.substring(0, first.length() - JAR.length()) + ARCHIVE);
    return Files.isReadable(archive)
        ? List.of(FILE + archive.toAbsolutePath(), "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of();
  }
}
