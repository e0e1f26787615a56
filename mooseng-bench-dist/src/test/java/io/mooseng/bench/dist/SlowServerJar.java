package io.mooseng.bench.dist;

import io.mooseng.bench.core.server.namespace.NamespaceProvider;
import io.mooseng.bench.dist.fixture.SpinningNamespaceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Makes a build whose server is slower by a known time: a jar that starts the program, and puts
 * {@link SpinningNamespaceProvider} before what {@code target/benchmarks.jar} has.
 */
final class SlowServerJar {

  private static final String PROGRAM = "io.mooseng.bench.core.cli.Main";

  private SlowServerJar() {}

  static Path write(Path file, long spinNanos) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, PROGRAM);
    attributes.put(
        Attributes.Name.CLASS_PATH, BenchmarksJar.FILE.toAbsolutePath().toUri().toString());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      String provider = SpinningNamespaceProvider.class.getName();
      text(jar, "META-INF/services/" + NamespaceProvider.class.getName(), provider);
      text(jar, SpinningNamespaceProvider.NANOS_FILE, Long.toString(spinNanos));
      String classFile = provider.replace('.', '/');
      for (String name : new String[] {classFile, classFile + "$Spinning"}) {
        try (InputStream compiled =
            SlowServerJar.class.getResourceAsStream("/" + name + ".class")) {
          jar.putNextEntry(new JarEntry(name + ".class"));
          compiled.transferTo(jar);
        }
      }
    }
    return file;
  }

  private static void text(JarOutputStream jar, String name, String content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content.getBytes(StandardCharsets.UTF_8));
  }
}
