package io.mooseng.bench.core.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryChunkStoreTest {

  private static final int SIZE = 2 * MemoryBlocks.BLOCK_BYTES + 100;

  private final MemoryChunkStore store = new MemoryChunkStore(10L * SIZE);

  private void write(long chunkId, int content) throws IOException {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) content);
    try (ChunkWriter writer = store.create(chunkId, 1, SIZE)) {
      writer.write(ByteBuffer.wrap(bytes));
      writer.commit();
    }
  }

  private static void assertHolds(ChunkReader reader, int content) throws IOException {
    for (long at = 0; at < SIZE; ) {
      ByteBuffer data = reader.read(at, SIZE);
      at += data.remaining();
      while (data.hasRemaining()) {
        assertThat(data.get()).isEqualTo((byte) content);
      }
    }
  }

  @Test
  void aReaderKeepsADeletedOrReplacedChunk() throws IOException {
    write(1, 11);
    write(2, 22);
    try (ChunkReader first = store.open(1);
        ChunkReader second = store.open(2)) {
      store.delete(1);
      write(2, 33);
      write(3, 44);
      assertHolds(first, 11);
      assertHolds(second, 22);
      assertThatThrownBy(() -> store.open(1)).isInstanceOf(UnknownChunkException.class);
    }
    assertThat(store.usedBytes()).isEqualTo(2L * SIZE);
  }

  @Test
  void memoryIsUsedAgain() throws IOException {
    for (int round = 0; round < 100; round++) {
      write(1, round);
      try (ChunkWriter abandoned = store.create(2, 1, SIZE)) {
        abandoned.write(ByteBuffer.allocate(SIZE));
      }
      try (ChunkReader reader = store.open(1)) {
        assertHolds(reader, round);
      }
      assertThat(store.verify(1, true)).isEmpty();
      store.delete(1);
    }
    assertThat(store.usedBytes()).isZero();
  }

  @Test
  void refusesMoreThanItHolds() throws IOException {
    for (int chunk = 0; chunk < 10; chunk++) {
      write(chunk, chunk);
    }
    assertThatThrownBy(() -> write(10, 10)).isInstanceOf(StoreFullException.class);
  }
}
