package io.mooseng.bench.core.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does with chunks that are changed in place. */
interface ChunkStoreContract {

  int BLOCK = BlockChecksums.BLOCK_BYTES;

  /** An empty store; the test closes it. */
  ChunkStore openStore() throws Exception;

  static byte[] random(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static StoredChunk create(ChunkStore store, long chunkId, byte[] content) throws IOException {
    try (ChunkWriter writer = store.create(chunkId, 1, content.length)) {
      writer.write(0, List.of(ByteBuffer.wrap(content)));
      return writer.commit();
    }
  }

  /** Writes in frames of several pieces, as they come from a socket. */
  static void put(ChunkWriter writer, long offset, byte[] data, SplittableRandom random)
      throws IOException {
    for (int at = 0; at < data.length; ) {
      List<ByteBuffer> frame = new ArrayList<>();
      long start = offset + at;
      for (int piece = random.nextInt(1, 4); piece > 0 && at < data.length; piece--) {
        int length = Math.min(data.length - at, random.nextInt(1, 3 * BLOCK));
        frame.add(ByteBuffer.wrap(data, at, length));
        at += length;
      }
      writer.write(start, frame);
    }
  }

  static byte[] read(ChunkStore store, long chunkId) throws IOException {
    try (ChunkReader reader = store.open(chunkId)) {
      return read(reader);
    }
  }

  static byte[] read(ChunkReader reader) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (long at = 0; at < reader.chunk().size(); ) {
      at +=
          reader.read(
              at,
              512 << 10,
              data -> {
                byte[] part = new byte[data.remaining()];
                data.get(part);
                all.writeBytes(part);
              });
    }
    return all.toByteArray();
  }

  static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Any sequence of changes, against an array to which the same was done. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  @Timeout(60)
  default void aChangedChunkIsWhatAnArrayWouldBe(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int largest = seed % 2 == 0 ? 2_000_000 : 200_000;
    try (ChunkStore store = openStore()) {
      byte[] expected = random(random, random.nextInt(1, largest));
      create(store, 7, expected);
      for (int change = 0; change < 60; change++) {
        int offset = random.nextInt(4) == 0 ? expected.length : random.nextInt(expected.length + 1);
        byte[] data = random(random, random.nextInt(1, largest / 8));
        int size = Math.max(expected.length, offset + data.length);
        boolean commit = random.nextInt(5) > 0;
        int visible = commit ? size : expected.length;
        try (ChunkWriter writer = store.update(7, 0, size)) {
          assertThat(writer.keptBytes()).isEqualTo(expected.length);
          put(writer, offset, data, random);
          expected = Arrays.copyOf(expected, size);
          System.arraycopy(data, 0, expected, offset, data.length);
          if (commit) {
            StoredChunk chunk = writer.commit();
            assertThat(chunk.size()).isEqualTo(size);
            assertThat(chunk.crc32c()).isEqualTo(crc(expected));
          }
        }
        expected = Arrays.copyOf(expected, visible);
        assertThat(read(store, 7)).isEqualTo(expected);
        assertThat(store.verify(7, true)).isEmpty();
        assertThat(store.usedBytes()).isEqualTo(expected.length);
        assertThat(store.find(7).orElseThrow().crc32c()).isEqualTo(crc(expected));
      }
    }
  }

  @Test
  default void everyChangeHasAVersionOfItsOwn() throws Exception {
    try (ChunkStore store = openStore()) {
      create(store, 1, new byte[100]);
      for (int version : new int[] {2, 2, 9, 5}) {
        try (ChunkWriter writer = store.update(1, version, 100)) {
          writer.write(0, List.of(ByteBuffer.allocate(10)));
          writer.commit();
        }
      }
      assertThat(store.find(1).orElseThrow().version()).isEqualTo(10);
    }
  }

  @Test
  default void aReaderSeesFramesButNotTheNewSize() throws Exception {
    try (ChunkStore store = openStore()) {
      create(store, 1, new byte[100_000]);
      byte[] ones = new byte[50_000];
      Arrays.fill(ones, (byte) 1);
      try (ChunkReader before = store.open(1);
          ChunkWriter writer = store.update(1, 2, 140_000)) {
        assertThat(before.changed()).isFalse();
        writer.write(90_000, List.of(ByteBuffer.wrap(ones)));
        try (ChunkReader between = store.open(1)) {
          assertThat(between.chunk().size()).isEqualTo(100_000);
          assertThat(between.changed()).isTrue();
          assertThat(read(between)[99_999]).isEqualTo((byte) 1);
        }
        writer.commit();
        assertThat(before.changed()).isTrue();
        assertThat(read(before)).hasSize(100_000).endsWith((byte) 1).startsWith((byte) 0);
      }
      try (ChunkReader after = store.open(1)) {
        assertThat(after.changed()).isFalse();
        assertThat(read(after)).hasSize(140_000);
      }
    }
  }

  @Test
  default void aDeletedOrReplacedChunkCannotBeChanged() throws Exception {
    try (ChunkStore store = openStore()) {
      for (long chunkId = 1; chunkId <= 2; chunkId++) {
        create(store, chunkId, new byte[100]);
        ChunkWriter writer = store.update(chunkId, 2, 100);
        writer.write(0, List.of(ByteBuffer.allocate(10)));
        if (chunkId == 1) {
          store.delete(chunkId);
        } else {
          create(store, chunkId, new byte[] {1, 2, 3});
        }
        assertThatThrownBy(writer::commit).isInstanceOf(UnknownChunkException.class);
        assertThatThrownBy(writer::close).isInstanceOf(UnknownChunkException.class);
      }
      assertThat(read(store, 2)).containsExactly(1, 2, 3);
      assertThatThrownBy(() -> store.update(1, 2, 100)).isInstanceOf(UnknownChunkException.class);
    }
  }

  /** Writers of ranges of their own, not at blocks, and readers of the whole at the same time. */
  @Test
  @Timeout(120)
  default void readersAndWritersOfOneChunkDoNotDisturbEachOther() throws Exception {
    int writers = 4;
    int range = 200_001;
    int rounds = 100;
    try (ChunkStore store = openStore()) {
      create(store, 1, new byte[writers * range]);
      AtomicBoolean written = new AtomicBoolean();
      ExecutorService threads = Executors.newFixedThreadPool(writers + 2);
      try {
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          readers.add(threads.submit(() -> readWhile(store, written, range)));
        }
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          int writer = i;
          ends.add(threads.submit(() -> overwrite(store, writer, range, rounds)));
        }
        for (Future<?> end : ends) {
          end.get();
        }
        written.set(true);
        for (Future<?> reader : readers) {
          reader.get();
        }
      } finally {
        threads.shutdownNow();
      }
      byte[] end = read(store, 1);
      for (int at = 0; at < end.length; at++) {
        assertThat(end[at]).isEqualTo((byte) rounds);
      }
      assertThat(store.find(1).orElseThrow().crc32c()).isEqualTo(crc(end));
      assertThat(store.verify(1, true)).isEmpty();
    }
  }

  private static Void overwrite(ChunkStore store, int writer, int range, int rounds)
      throws IOException {
    for (int round = 1; round <= rounds; round++) {
      byte[] data = new byte[range];
      Arrays.fill(data, (byte) round);
      try (ChunkWriter update = store.update(1, 0, 4L * range)) {
        update.write((long) writer * range, List.of(ByteBuffer.wrap(data)));
        update.commit();
      }
    }
    return null;
  }

  /** What one read gives of one writer's range is of one frame: of one value. */
  private static Void readWhile(ChunkStore store, AtomicBoolean ended, int range)
      throws IOException {
    while (!ended.get()) {
      try (ChunkReader reader = store.open(1)) {
        for (long at = 0; at < reader.chunk().size(); ) {
          long start = at;
          at +=
              reader.read(
                  at,
                  512 << 10,
                  data -> {
                    for (int i = 1; i < data.remaining(); i++) {
                      boolean sameRange = (start + i) % range != 0;
                      if (sameRange && data.get(i) != data.get(i - 1)) {
                        throw new AssertionError("a frame was seen in part at " + (start + i));
                      }
                    }
                  });
        }
      }
    }
    return null;
  }
}
