package io.mooseng.bench.core.target;

import java.util.List;

/**
 * One page of a directory listing.
 *
 * @param names entries of this page, in the order of the target
 * @param nextOffset where the next page starts; meaningful only if {@code hasMore}
 */
public record ListPage(List<String> names, boolean hasMore, long nextOffset) {

  public ListPage {
    names = List.copyOf(names);
  }
}
