package io.mooseng.bench.core.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Versions of the libraries that take part in a measurement.
 *
 * <p>What a library on the class path says about itself comes first; what this build was compiled
 * with ({@code mooseng-bench.properties}, written by the build) is the fallback, because shading
 * drops the manifests that most libraries rely on. {@code none} where neither tells.
 */
public final class LibraryVersions {

  private static final String BUILD = "mooseng-bench.properties";

  private final ClassLoader loader;
  private final Properties build;

  LibraryVersions(ClassLoader loader) {
    this.loader = Objects.requireNonNull(loader);
    this.build = properties(BUILD).orElseGet(Properties::new);
  }

  /** The versions on the class path of this program. */
  public static LibraryVersions ofThisProgram() {
    return new LibraryVersions(LibraryVersions.class.getClassLoader());
  }

  /** The version of MooseNG Bench itself. */
  public String harness() {
    return built("version").orElse(Fingerprint.NONE);
  }

  /**
   * The commit this program was built from, with {@code -dirty} if the sources differed from it.
   */
  public String commit() {
    return built("commit")
        .map(id -> built("commit.dirty").filter("true"::equals).isPresent() ? id + "-dirty" : id)
        .orElse(Fingerprint.NONE);
  }

  public String jmh() {
    return property("jmh.properties", "jmh.version")
        .or(() -> built("jmh"))
        .orElse(Fingerprint.NONE);
  }

  public String grpc() {
    return constant("io.grpc.internal.GrpcUtil", "IMPLEMENTATION_VERSION")
        .or(() -> built("grpc"))
        .orElse(Fingerprint.NONE);
  }

  /** The Netty inside of gRPC's shaded transport, else one that stands by itself. */
  public String netty() {
    return property(
            "META-INF/io.grpc.netty.shaded.io.netty.versions.properties", "netty-common.version")
        .or(() -> property("META-INF/io.netty.versions.properties", "netty-common.version"))
        .orElse(Fingerprint.NONE);
  }

  public String protobuf() {
    String runtime = "com.google.protobuf.RuntimeVersion";
    Optional<String> version =
        constant(runtime, "MAJOR")
            .flatMap(
                major ->
                    constant(runtime, "MINOR")
                        .flatMap(
                            minor ->
                                constant(runtime, "PATCH")
                                    .map(patch -> major + "." + minor + "." + patch)));
    return version.or(() -> built("protobuf")).orElse(Fingerprint.NONE);
  }

  /** A placeholder that the build did not fill is no value. */
  private Optional<String> built(String key) {
    return Optional.ofNullable(build.getProperty(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty() && !value.contains("${") && !value.contains("@"))
        .filter(value -> !value.equals(Fingerprint.NONE));
  }

  private Optional<String> property(String resource, String key) {
    return properties(resource).map(properties -> properties.getProperty(key));
  }

  private Optional<Properties> properties(String resource) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.of(properties);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }

  /** A public constant, by reflection: this package does not depend on the libraries it names. */
  private Optional<String> constant(String className, String field) {
    try {
      Object value = Class.forName(className, true, loader).getField(field).get(null);
      return Optional.ofNullable(value).map(Object::toString);
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty(); // not on the class path, or a version without the constant
    }
  }
}
