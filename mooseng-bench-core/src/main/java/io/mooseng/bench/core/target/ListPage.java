package io.mooseng.bench.core.target;

import java.util.List;
import java.util.Optional;

/**
 * One page of a directory listing.
 *
 * @param entries of this page, in the order of the target
 * @param nextOffset where the next page starts; meaningful only if {@code hasMore}
 */
public record ListPage(List<Entry> entries, boolean hasMore, long nextOffset) {

  /**
   * A file or directory in a listing.
   *
   * @param info what the listing itself told of it; empty where a target lists names only
   */
  public record Entry(String name, FileRef file, Optional<FileInfo> info) {}

  public ListPage {
    entries = List.copyOf(entries);
  }

  public List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }
}
