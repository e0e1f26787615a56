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
 * The form of a chunk on disk: its bytes from the start of the file, so that blocks of the chunk
 * are pages of the file; then the CRC32C of each block; then a footer of {@value #FOOTER_BYTES}
 * bytes: magic, chunk id, version, size, CRC32C of the whole, time written (milliseconds since
 * 1970), and the CRC32C of checksums and footer before it. Numbers are big-endian.
 *
 * @param path the file
 * @param chunk what the footer says
 * @param checksums the CRC32C of each block
 */
record ChunkFile(Path path, StoredChunk chunk, int[] checksums) {

  private static final long MAGIC = 0x4d4e_4742_4348_4b31L; // "MNGBCHK1"
  private static final int FOOTER_BYTES = 4 * Long.BYTES + 3 * Integer.BYTES;

  /** The block checksums and the footer. */
  ByteBuffer trailer() {
    ByteBuffer trailer = ByteBuffer.allocate(checksums.length * Integer.BYTES + FOOTER_BYTES);
    for (int checksum : checksums) {
      trailer.putInt(checksum);
    }
    trailer
        .putLong(MAGIC)
        .putLong(chunk.chunkId())
        .putInt(chunk.version())
        .putLong(chunk.size())
        .putInt(chunk.crc32c())
        .putLong(chunk.written().toEpochMilli());
    CRC32C crc = new CRC32C();
    crc.update(trailer.array(), 0, trailer.position());
    return trailer.putInt((int) crc.getValue()).flip();
  }

  /** The whole length of the file. */
  long length() {
    return chunk.size() + (long) checksums.length * Integer.BYTES + FOOTER_BYTES;
  }

  /**
   * Reads checksums and footer of a file.
   *
   * @throws IOException saying why the file is no chunk
   */
  static ChunkFile load(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long length = channel.size();
      if (length < FOOTER_BYTES) {
        throw new IOException(path + " is too short for a chunk");
      }
      ByteBuffer footer = ByteBuffer.allocate(FOOTER_BYTES);
      readFully(channel, footer, length - FOOTER_BYTES);
      footer.flip();
      long magic = footer.getLong();
      long chunkId = footer.getLong();
      int version = footer.getInt();
      long size = footer.getLong();
      int whole = footer.getInt();
      Instant written = Instant.ofEpochMilli(footer.getLong());
      if (magic != MAGIC || size < 0 || size > ChunkStore.MAX_CHUNK_BYTES) {
        throw new IOException(path + " is not a chunk");
      }
      int[] checksums = new int[BlockChecksums.blocksOf(size)];
      StoredChunk chunk = new StoredChunk(chunkId, version, size, whole, written);
      ChunkFile file = new ChunkFile(path, chunk, checksums);
      if (file.length() != length) {
        throw new IOException(path + " has " + length + " bytes instead of " + file.length());
      }
      ByteBuffer blocks = ByteBuffer.allocate(checksums.length * Integer.BYTES);
      readFully(channel, blocks, size);
      blocks.flip().asIntBuffer().get(checksums);
      if (file.trailer().getInt((int) (length - size) - Integer.BYTES)
          != footer.getInt(FOOTER_BYTES - Integer.BYTES)) {
        throw new IOException(path + " has a damaged trailer");
      }
      return file;
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
}
