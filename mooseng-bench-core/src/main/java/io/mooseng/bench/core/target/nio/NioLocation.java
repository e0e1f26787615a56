package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The directory a URI names, and its file system.
 *
 * @param directory exists and is writable
 * @param opened the file system, if it had to be opened and so has to be closed
 */
record NioLocation(Path directory, Optional<FileSystem> opened) implements Closeable {

  /** Providers by lower-case scheme: installed ones, then those of the class path. */
  static Map<String, FileSystemProvider> providers() {
    Map<String, FileSystemProvider> providers = new LinkedHashMap<>();
    for (FileSystemProvider provider : FileSystemProvider.installedProviders()) {
      providers.putIfAbsent(key(provider.getScheme()), provider);
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (FileSystemProvider provider : ServiceLoader.load(FileSystemProvider.class, loader)) {
      providers.putIfAbsent(key(provider.getScheme()), provider);
    }
    return providers;
  }

  static String key(String scheme) {
    return scheme.toLowerCase(Locale.ROOT);
  }

  /**
   * Finds the directory.
   *
   * @throws OperationException naming the URI and what is wrong with it
   */
  static NioLocation of(URI uri) throws OperationException {
    FileSystemProvider provider = providerOf(uri);
    try {
      NioLocation location = locate(provider, uri);
      try {
        location.requireWritableDirectory(uri);
      } catch (IOException | OperationException e) {
        location.close();
        throw e;
      }
      return location;
    } catch (IOException e) {
      throw unusable(uri, NioFailures.of(e));
    } catch (IllegalArgumentException | UnsupportedOperationException | SecurityException e) {
      throw new OperationException(
          FailureKind.INVALID, "target %s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  private static FileSystemProvider providerOf(URI uri) throws OperationException {
    Map<String, FileSystemProvider> providers = providers();
    FileSystemProvider provider =
        uri.getScheme() == null ? null : providers.get(key(uri.getScheme()));
    if (provider == null) {
      throw new OperationException(
          FailureKind.INVALID,
          "target %s: no file system provider for this scheme; installed: %s"
              .formatted(uri, String.join(", ", providers.keySet())),
          null);
    }
    return provider;
  }

  private static NioLocation locate(FileSystemProvider provider, URI uri) throws IOException {
    try {
      return new NioLocation(provider.getPath(uri), Optional.empty());
    } catch (FileSystemNotFoundException e) {
      FileSystem opened = provider.newFileSystem(uri, Map.of());
      return new NioLocation(provider.getPath(uri), Optional.of(opened));
    }
  }

  private void requireWritableDirectory(URI uri) throws IOException, OperationException {
    if (!Files.exists(directory)) {
      throw unusable(uri, NioFailures.of(new NoSuchFileException(directory.toString())));
    }
    if (!Files.isDirectory(directory)) {
      throw new OperationException(
          FailureKind.INVALID, "target %s: not a directory: %s".formatted(uri, directory), null);
    }
    if (!Files.isWritable(directory)) {
      throw new OperationException(
          FailureKind.PERMISSION_DENIED,
          "target %s: not writable: %s".formatted(uri, directory),
          null);
    }
  }

  private static OperationException unusable(URI uri, OperationException cause) {
    return new OperationException(
        cause.kind(), "target %s: %s".formatted(uri, cause.getMessage()), cause);
  }

  /** Type and name of the file store, such as {@code ext4 (/dev/sda1)}. */
  String description() throws IOException {
    FileStore store = Files.getFileStore(directory);
    // The kernel escapes '#' in its table of mounts, and getmntent(3) of older glibc leaves it so.
    return "%s (%s)".formatted(store.type(), store.name().replace("\\043", "#"));
  }

  /** Closes the file system if it was opened for this location. */
  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }
}
