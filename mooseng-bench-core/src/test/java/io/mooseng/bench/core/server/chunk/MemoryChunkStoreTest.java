package io.mooseng.bench.core.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryChunkStoreTest implements ChunkStoreContract {

  private static final int SIZE = 2 * MemoryBlocks.BLOCK_BYTES + 100;

  private final MemoryChunkStore store = new MemoryChunkStore(10L * SIZE);

  @Override
  public ChunkStore openStore() {
    return new MemoryChunkStore(1L << 30);
  }

  @Test
  void growingChunksAreCountedUntilTheyAreDeleted() throws IOException {
    write(1, 1);
    for (int round = 0; round < 3; round++) {
      try (ChunkWriter writer = store.update(1, 0, 9L * SIZE)) {
        writer.write(SIZE, List.of(ByteBuffer.allocate(8 * SIZE)));
        if (round == 1) {
          writer.commit();
        }
      }
    }
    assertThat(store.usedBytes()).isEqualTo(9L * SIZE);
    assertThatThrownBy(
            () -> {
              try (ChunkWriter writer = store.update(1, 0, 20L * SIZE)) {
                writer.write(9L * SIZE, List.of(ByteBuffer.allocate(2 * SIZE)));
              }
            })
        .isInstanceOf(StoreFullException.class);
    try (ChunkWriter deleted = store.update(1, 0, SIZE)) {
      store.delete(1);
      assertThatThrownBy(() -> deleted.write(0, List.of(ByteBuffer.allocate(1))))
          .isInstanceOf(UnknownChunkException.class);
    }
    for (int chunk = 0; chunk < 10; chunk++) {
      write(chunk, chunk);
    }
  }

  private void write(long chunkId, int content) throws IOException {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) content);
    try (ChunkWriter writer = store.create(chunkId, 1, SIZE)) {
      writer.write(0, List.of(ByteBuffer.wrap(bytes)));
      writer.commit();
    }
  }

  private static void assertHolds(ChunkReader reader, int content) throws IOException {
    for (long at = 0; at < SIZE; ) {
      at +=
          reader.read(
              at,
              SIZE,
              data -> {
                while (data.hasRemaining()) {
                  assertThat(data.get()).isEqualTo((byte) content);
                }
              });
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
        abandoned.write(0, List.of(ByteBuffer.allocate(SIZE)));
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
