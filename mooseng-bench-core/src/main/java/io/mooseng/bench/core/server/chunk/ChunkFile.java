package io.mooseng.bench.core.server.chunk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A chunk on disk, and what is known of it in memory.
 *
 * <p>The file begins with the bytes of the chunk, so that blocks of the chunk are pages of the
 * file. At the offset {@link #room} is its trailer: the CRC32C of each block, as many as there is
 * room for, and a footer of {@value #FOOTER_BYTES} bytes: magic, chunk id, version, size, {@link
 * BlockTable#extent}, room, CRC32C of the whole, time written (milliseconds since 1970), and the
 * CRC32C of the footer before it. Numbers are big-endian. What follows the trailer means nothing.
 *
 * <p>The footer vouches for itself alone and not for the checksums: one of them that was damaged,
 * or not written before a crash, costs its block and not the chunk.
 *
 * <p>Guarded by the lock of its chunk, but for what is volatile.
 */
final class ChunkFile {

  private static final long MAGIC = 0x4d4e_4742_4348_4b32L; // "MNGBCHK2"
  private static final int FOOTER_BYTES = 6 * Long.BYTES + 3 * Integer.BYTES;

  private final BlockTable table;
  private volatile Path path;
  private volatile StoredChunk chunk;
  private volatile long room;

  /** Counts frames written in place. */
  private volatile long changes;

  /** What {@link #changes} was when {@link #chunk} came to be. */
  private long changesInChunk;

  /** The first block whose checksum on disk may be older than the one in memory. */
  private int firstDirty = Integer.MAX_VALUE;

  private int writers;

  /**
   * A chunk whose bytes are known to be in a file.
   *
   * @param checksums of its blocks; now owned by this
   */
  ChunkFile(Path path, StoredChunk chunk, int[] checksums) {
    this(path, chunk, chunk.size(), new BlockTable(chunk.chunkId(), checksums, chunk.size()));
  }

  private ChunkFile(Path path, StoredChunk chunk, long room, BlockTable table) {
    this.path = path;
    this.chunk = chunk;
    this.room = room;
    this.table = table;
  }

  Path path() {
    return path;
  }

  StoredChunk chunk() {
    return chunk;
  }

  BlockTable table() {
    return table;
  }

  /** Bytes of the file before the trailer. */
  long room() {
    return room;
  }

  long changes() {
    return changes;
  }

  long changesInChunk() {
    return changesInChunk;
  }

  /**
   * One more writes. What writes that failed, or that a crash ended, left beyond the size is given
   * up first: else a change of it, cut short in its turn, would cost the block that the chunk ends
   * in.
   */
  void beginWriting(FileChannel channel, BlockTable.Bytes stored) throws IOException {
    if (writers == 0 && trim(stored)) {
      firstDirty = (int) (chunk.size() / BlockChecksums.BLOCK_BYTES);
      writeTrailer(channel);
    }
    writers++;
  }

  private boolean trim(BlockTable.Bytes stored) throws IOException {
    try {
      return table.trim(chunk.size(), stored);
    } catch (CorruptChunkException e) {
      return false; // who reads will hear of it, unless the block is overwritten now
    }
  }

  void endWriting() {
    writers--;
  }

  /** Writes a frame at its place, for which there is room. */
  void put(FileChannel channel, long offset, ByteBuffer data, BlockTable.Bytes stored)
      throws IOException {
    long end = offset + data.remaining();
    int[] checksums = table.with(offset, data, stored);
    writeFully(channel, data, offset);
    table.install(offset, end, checksums);
    firstDirty = Math.min(firstDirty, (int) (offset / BlockChecksums.BLOCK_BYTES));
    changes++;
  }

  /** The bytes are those of {@code now}. */
  void became(StoredChunk now) {
    chunk = now;
    changesInChunk = changes;
  }

  /** Brings the trailer on disk up to date. */
  void writeTrailer(FileChannel channel) throws IOException {
    int first = Math.min(firstDirty, BlockChecksums.blocksOf(room));
    writeFully(channel, trailer(first, room), room + (long) first * Integer.BYTES);
    firstDirty = Integer.MAX_VALUE;
  }

  /**
   * Writes a whole trailer at another place, where it is the valid one once the file has a name
   * that says so.
   */
  void writeTrailerAt(FileChannel channel, long otherRoom) throws IOException {
    writeFully(channel, trailer(0, otherRoom), otherRoom);
  }

  /** The file has this name, and its trailer, which is up to date, the place in it. */
  void named(Path newPath, long newRoom) {
    path = newPath;
    room = newRoom;
    firstDirty = Integer.MAX_VALUE;
  }

  private ByteBuffer trailer(int firstBlock, long trailerRoom) {
    int blocks = BlockChecksums.blocksOf(trailerRoom);
    ByteBuffer trailer = ByteBuffer.allocate((blocks - firstBlock) * Integer.BYTES + FOOTER_BYTES);
    for (int block = firstBlock; block < blocks; block++) {
      trailer.putInt(table.checksum(block));
    }
    int footer = trailer.position();
    trailer
        .putLong(MAGIC)
        .putLong(chunk.chunkId())
        .putInt(chunk.version())
        .putLong(chunk.size())
        .putLong(table.extent())
        .putLong(trailerRoom)
        .putInt(chunk.crc32c())
        .putLong(chunk.written().toEpochMilli());
    return trailer.putInt(crcOf(trailer.array(), footer, trailer.position())).flip();
  }

  private static int crcOf(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /**
   * Reads the trailer of a file.
   *
   * @param room where it is
   * @throws IOException saying why the file is no chunk
   */
  static ChunkFile load(Path path, long room) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (room < 0 || room > ChunkStore.MAX_CHUNK_BYTES) {
        throw new IOException(path + " is not a chunk");
      }
      int[] checksums = new int[BlockChecksums.blocksOf(room)];
      ByteBuffer trailer = ByteBuffer.allocate(checksums.length * Integer.BYTES + FOOTER_BYTES);
      readFully(channel, trailer, room);
      trailer.flip().asIntBuffer().get(checksums);
      int footer = checksums.length * Integer.BYTES;
      trailer.position(footer);
      long magic = trailer.getLong();
      long chunkId = trailer.getLong();
      int version = trailer.getInt();
      long size = trailer.getLong();
      long extent = trailer.getLong();
      long roomSaid = trailer.getLong();
      int whole = trailer.getInt();
      Instant written = Instant.ofEpochMilli(trailer.getLong());
      int crc = crcOf(trailer.array(), footer, trailer.position());
      boolean sizes = 0 <= size && size <= extent && extent <= room && room == roomSaid;
      if (magic != MAGIC || trailer.getInt() != crc || !sizes) {
        throw new IOException(path + " is not a chunk, or its footer is damaged");
      }
      return new ChunkFile(
          path,
          new StoredChunk(chunkId, version, size, whole, written),
          room,
          new BlockTable(chunkId, checksums, extent));
    }
  }

  static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new EOFException("the file ends at byte " + at);
      }
      at += read;
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer data, long position)
      throws IOException {
    long at = position;
    while (data.hasRemaining()) {
      at += channel.write(data, at);
    }
  }
}
