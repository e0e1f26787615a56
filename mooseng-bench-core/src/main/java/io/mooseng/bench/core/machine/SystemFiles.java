package io.mooseng.bench.core.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads the files in which Linux describes itself ({@code /proc}, {@code /sys}, {@code /dev}),
 * under a root that tests replace. Never writes.
 *
 * @param root the directory that stands for {@code /}
 */
public record SystemFiles(Path root) {

  public SystemFiles {
    Objects.requireNonNull(root, "root");
  }

  /** The files of the machine this program runs on. */
  public static SystemFiles ofThisMachine() {
    return new SystemFiles(Path.of("/"));
  }

  /** Where {@code absolute}, such as {@code /proc/meminfo}, is under the root. */
  public Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** The text of a file without surrounding space; empty if it cannot be read or says nothing. */
  public Optional<String> read(String absolute) {
    try {
      return text(Files.readAllBytes(path(absolute)));
    } catch (IOException e) {
      return Optional.empty(); // absent, not permitted or not supported: the machine has none
    }
  }

  /** The text of a gzip file; empty if it cannot be read. */
  public Optional<String> readGzip(String absolute) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path(absolute)))) {
      return text(in.readAllBytes());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(byte[] bytes) {
    // /sys pads some values with NUL.
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** The names in a directory in natural order; none if it cannot be listed. */
  public List<String> list(String absolute) {
    try (Stream<Path> entries = Files.list(path(absolute))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  public boolean exists(String absolute) {
    return Files.exists(path(absolute));
  }

  /** Whether this user may write to the file; nothing is written to find out. */
  public boolean writable(String absolute) {
    return Files.isWritable(path(absolute));
  }
}
