package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.target.ListPage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Listing and deleting directories. */
final class NioTree {

  private NioTree() {}

  /** NIO lists names only: what an entry is, is another call to the file system. */
  static ListPage page(Path directory, long offset, int limit) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      Iterator<Path> entries = stream.iterator();
      for (long skipped = 0; skipped < offset && entries.hasNext(); skipped++) {
        entries.next();
      }
      List<ListPage.Entry> page = new ArrayList<>(Math.min(limit, 1024));
      while (page.size() < limit && entries.hasNext()) {
        Path entry = entries.next();
        page.add(
            new ListPage.Entry(
                entry.getFileName().toString(), new NioFile(entry), Optional.empty()));
      }
      return new ListPage(page, entries.hasNext(), offset + page.size());
    }
  }

  /** Deletes a directory with all that is in it; symbolic links are deleted, not followed. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
