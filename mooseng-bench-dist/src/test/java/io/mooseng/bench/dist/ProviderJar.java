package io.mooseng.bench.dist;

import io.mooseng.bench.dist.fixture.LocalFilesProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Makes a jar with {@link LocalFilesProvider} as a user of another file system has one. */
final class ProviderJar {

  private ProviderJar() {}

  static Path write(Path file) throws IOException {
    String name = LocalFilesProvider.class.getName();
    String classFile = name.replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        InputStream compiled = LocalFilesProvider.class.getResourceAsStream("/" + classFile)) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + FileSystemProvider.class.getName()));
      jar.write(name.getBytes(StandardCharsets.UTF_8));
      jar.putNextEntry(new JarEntry(classFile));
      compiled.transferTo(jar);
    }
    return file;
  }
}
