package io.mooseng.bench.core.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class BlockChecksumsTest {

  private static int crc(byte[] data, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(data, from, to - from);
    return (int) crc.getValue();
  }

  @Test
  void theChecksumsAreThoseOfBlocksAndWholeHoweverTheBytesCome() {
    SplittableRandom random = new SplittableRandom(99);
    for (int round = 0; round < 200; round++) {
      byte[] data = new byte[random.nextInt(4 * BlockChecksums.BLOCK_BYTES)];
      random.nextBytes(data);
      BlockChecksums checksums = new BlockChecksums(data.length);
      for (int at = 0; at < data.length; ) {
        int length = Math.min(data.length - at, 1 + random.nextInt(100_000));
        checksums.update(ByteBuffer.wrap(data, at, length));
        at += length;
      }
      int[] blocks = checksums.finish();
      assertThat(checksums.whole()).isEqualTo(crc(data, 0, data.length));
      assertThat(blocks).hasSize(BlockChecksums.blocksOf(data.length));
      for (int block = 0; block < blocks.length; block++) {
        int from = block * BlockChecksums.BLOCK_BYTES;
        int to = Math.min(data.length, from + BlockChecksums.BLOCK_BYTES);
        assertThat(blocks[block]).isEqualTo(crc(data, from, to));
      }
    }
  }

  @Test
  void nothingHasTheChecksumZero() {
    BlockChecksums checksums = new BlockChecksums(0);
    assertThat(checksums.finish()).isEmpty();
    assertThat(checksums.whole()).isZero();
  }
}
