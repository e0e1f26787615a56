package io.mooseng.bench.core.server.namespace;

import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.DirectoryEntry;
import io.mooseng.bench.proto.FileMetadata;
import java.util.List;
import java.util.Optional;

/**
 * Reads of a namespace. Every answer is consistent in itself; the locations of a chunk carry the
 * server's id and status only, as addresses change while the namespace does not.
 */
public interface NamespaceView {

  /** A file or directory with its chunks in order. */
  record Entry(FileMetadata metadata, List<ChunkInfo> chunks) {
    public Entry {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * A part of a listing.
   *
   * @param nextOffset where the next page starts
   */
  record Page(List<DirectoryEntry> entries, boolean hasMore, long nextOffset) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** How much there is. */
  record Totals(long files, long directories, long chunks, long bytes) {}

  /**
   * @throws NamespaceException NOT_FOUND
   */
  Entry byInode(long inode);

  /**
   * @param path absolute, names separated by single slashes; "/" is the root
   * @throws NamespaceException NOT_FOUND, or INVALID_ARGUMENT for a path that is not absolute
   */
  Entry byPath(String path);

  /**
   * Entries of a directory in the order in which they came into it. The offset names an entry, not
   * a position, so that entries that come or go between two pages neither hide nor repeat others.
   *
   * @param offset 0, or the {@code nextOffset} of the page before
   * @param limit the most entries to answer, positive; a page may hold fewer and have more to come
   * @throws NamespaceException NOT_FOUND, or FAILED_PRECONDITION for a file
   */
  Page list(long directory, long offset, int limit);

  Optional<ChunkInfo> chunk(long chunkId);

  Totals totals();
}
