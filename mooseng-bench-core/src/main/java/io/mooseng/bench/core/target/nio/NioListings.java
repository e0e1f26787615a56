package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.target.ListPage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists directories page by page. NIO cannot start a listing in the middle, so a directory that has
 * entries left stays open for the next page of the same thread, as a program that reads a directory
 * to its end keeps it open: all pages together read each entry once. A page that follows no other
 * reads what is before it again.
 *
 * <p>NIO lists names only: what an entry is, is another call to the file system.
 *
 * <p>Safe for use by any number of threads.
 */
final class NioListings implements Closeable {

  /** Most directories open at once; beyond it, the one goes whose last page is the oldest. */
  static final int MOST_OPEN = 256;

  /** In the order of their last pages. */
  private final Map<Key, Listing> unfinished = new LinkedHashMap<>();

  private record Key(long thread, Path directory) {}

  ListPage page(Path directory, long offset, int limit) throws IOException {
    Key key = new Key(Thread.currentThread().getId(), directory);
    Listing before = take(key);
    if (before != null && (offset == 0 || before.next != offset)) {
      before.close();
      before = null;
    }
    Listing listing = before != null ? before : new Listing(directory);
    boolean kept = false;
    try {
      ListPage page = listing.page(offset, limit);
      kept = page.hasMore();
      if (kept) {
        keep(key, listing);
      }
      return page;
    } finally {
      if (!kept) {
        listing.close();
      }
    }
  }

  private Listing take(Key key) {
    synchronized (unfinished) {
      return unfinished.remove(key);
    }
  }

  private void keep(Key key, Listing listing) throws IOException {
    Listing oldest = null;
    synchronized (unfinished) {
      unfinished.put(key, listing);
      if (unfinished.size() > MOST_OPEN) {
        oldest = unfinished.remove(unfinished.keySet().iterator().next());
      }
    }
    if (oldest != null) {
      oldest.close();
    }
  }

  /** Closes what was not read to its end. */
  @Override
  public void close() throws IOException {
    List<Listing> left;
    synchronized (unfinished) {
      left = List.copyOf(unfinished.values());
      unfinished.clear();
    }
    for (Listing listing : left) {
      listing.close();
    }
  }

  /** A directory that is being read, by one thread at a time. */
  private static final class Listing implements Closeable {

    private final DirectoryStream<Path> stream;
    private final Iterator<Path> entries;
    private long next;

    Listing(Path directory) throws IOException {
      stream = Files.newDirectoryStream(directory);
      entries = stream.iterator();
    }

    ListPage page(long offset, int limit) {
      for (; next < offset && entries.hasNext(); next++) {
        entries.next();
      }
      List<ListPage.Entry> page = new ArrayList<>(Math.min(limit, 1024));
      while (page.size() < limit && entries.hasNext()) {
        Path entry = entries.next();
        page.add(
            new ListPage.Entry(
                entry.getFileName().toString(), new NioFile(entry), Optional.empty()));
      }
      next = offset + page.size();
      return new ListPage(page, entries.hasNext(), next);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
