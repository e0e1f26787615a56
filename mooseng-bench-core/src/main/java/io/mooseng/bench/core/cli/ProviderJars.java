package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.SettingKey;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * Makes the file system providers of {@code --provider-jar} known: in this JVM to whoever looks
 * with the class loader of the thread, in forks by the class path, which JMH takes from ours. Until
 * it is closed, by the same thread.
 */
final class ProviderJars implements AutoCloseable {

  private static final String SERVICE = "META-INF/services/" + FileSystemProvider.class.getName();

  private static final String CLASS_PATH = "java.class.path";

  private final String classPath = System.getProperty(CLASS_PATH);
  private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
  private final URLClassLoader loader;

  private ProviderJars(List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    StringBuilder path = new StringBuilder(classPath);
    for (Path jar : jars) {
      urls.add(url(jar));
      path.append(System.getProperty("path.separator")).append(jar.toAbsolutePath());
    }
    loader = new URLClassLoader(urls.toArray(URL[]::new), classLoader);
    Thread.currentThread().setContextClassLoader(loader);
    System.setProperty(CLASS_PATH, path.toString());
  }

  /**
   * @throws ConfigurationException naming the jar that cannot be read, or all of them if none has a
   *     provider
   */
  static ProviderJars add(List<Path> jars) {
    boolean provides = jars.isEmpty();
    for (Path jar : jars) {
      provides |= provides(jar);
    }
    if (!provides) {
      throw refusal(jars, "none has a " + SERVICE);
    }
    return new ProviderJars(jars);
  }

  private static boolean provides(Path jar) {
    if (!Files.isRegularFile(jar) || jar.getFileSystem() != FileSystems.getDefault()) {
      throw refusal(List.of(jar), "no such file");
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry(SERVICE) != null;
    } catch (IOException e) {
      throw refusal(List.of(jar), "not a readable jar (" + e.getMessage() + ")");
    }
  }

  private static ConfigurationException refusal(List<Path> jars, String reason) {
    return new ConfigurationException(
        "%s %s: %s; accepted: a jar with a java.nio.file provider, and those it needs"
            .formatted(
                SettingKey.PROVIDER_JAR.option(),
                String.join(", ", jars.stream().map(Path::toString).toList()),
                reason));
  }

  private static URL url(Path jar) {
    try {
      return jar.toAbsolutePath().toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file has a URL", e);
    }
  }

  @Override
  public void close() throws IOException {
    System.setProperty(CLASS_PATH, classPath);
    Thread.currentThread().setContextClassLoader(classLoader);
    loader.close();
  }
}
