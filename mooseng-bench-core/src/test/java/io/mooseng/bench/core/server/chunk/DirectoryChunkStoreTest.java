package io.mooseng.bench.core.server.chunk;

import static io.mooseng.bench.core.server.chunk.ChunkStoreContract.create;
import static io.mooseng.bench.core.server.chunk.ChunkStoreContract.put;
import static io.mooseng.bench.core.server.chunk.ChunkStoreContract.random;
import static io.mooseng.bench.core.server.chunk.ChunkStoreContract.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays on disk of chunks that are changed in place. */
class DirectoryChunkStoreTest implements ChunkStoreContract {

  private static final int SIZE = 5 * BLOCK + 1_000;

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(17);

  @Override
  public ChunkStore openStore() throws IOException {
    return new DirectoryChunkStore(directory.resolve("store"), false);
  }

  /** The store as a server would find it that was started now, after the other was killed. */
  private ChunkStore afterACrash() throws IOException {
    Path copy = Files.createTempDirectory(directory, "crashed").resolve("store");
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(directory.resolve("store").relativize(file).toString()));
      }
    }
    return new DirectoryChunkStore(copy, false);
  }

  private Path chunkFile() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  private static byte[] overwritten(byte[] content, int offset, byte[] data) {
    byte[] result = Arrays.copyOf(content, Math.max(content.length, offset + data.length));
    System.arraycopy(data, 0, result, offset, data.length);
    return result;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void changesSurviveARestart(boolean fsync) throws Exception {
    byte[] expected = random(random, SIZE);
    Path root = directory.resolve("store");
    try (ChunkStore store = new DirectoryChunkStore(root, fsync)) {
      create(store, 1, expected);
    }
    for (int round = 0; round < 12; round++) {
      byte[] data = random(random, 30_000);
      int offset = round % 2 == 0 ? expected.length : random.nextInt(expected.length - 30_000);
      expected = overwritten(expected, offset, data);
      try (ChunkStore store = new DirectoryChunkStore(root, fsync)) {
        try (ChunkWriter writer = store.update(1, 0, expected.length)) {
          put(writer, offset, data, random);
          writer.commit();
        }
      }
      try (ChunkStore store = new DirectoryChunkStore(root, fsync)) {
        assertThat(read(store, 1)).isEqualTo(expected);
        assertThat(store.verify(1, true)).isEmpty();
        assertThat(store.find(1).orElseThrow().crc32c())
            .isEqualTo(ChunkStoreContract.crc(expected));
        assertThat(store.usedBytes()).isEqualTo(expected.length);
      }
    }
  }

  @Test
  void aCrashDuringAnAppendLeavesWhatWasThereBefore() throws Exception {
    byte[] content = random(random, SIZE);
    try (ChunkStore store = openStore()) {
      create(store, 1, content);
      byte[] appended = random(random, 16 * BLOCK);
      ChunkWriter writer = store.update(1, 2, SIZE + appended.length);
      for (int at = 0; at < appended.length; at += 30_011) {
        int length = Math.min(30_011, appended.length - at);
        writer.write((long) SIZE + at, List.of(ByteBuffer.wrap(appended, at, length)));
        if (at % 5 == 0) {
          try (ChunkStore crashed = afterACrash()) {
            assertThat(read(crashed, 1)).isEqualTo(content);
            assertThat(crashed.verify(1, true)).isEmpty();
          }
        }
      }
      writer.commit();
      try (ChunkStore crashed = afterACrash()) {
        assertThat(read(crashed, 1)).isEqualTo(overwritten(content, SIZE, appended));
      }
    }
  }

  /** The second cut-off append writes over bytes that the first left behind. */
  @Test
  void crashesDuringAppendsInARowLeaveWhatWasThereBefore() throws Exception {
    byte[] content = random(random, SIZE);
    try (ChunkStore store = openStore()) {
      create(store, 1, content);
      try (ChunkWriter abandoned = store.update(1, 2, SIZE + 3 * BLOCK)) {
        abandoned.write(SIZE, List.of(ByteBuffer.wrap(random(random, 2 * BLOCK))));
      }
      try (ChunkStore restarted = afterACrash()) {
        assertThat(read(restarted, 1)).isEqualTo(content);
      }
      store
          .update(1, 2, SIZE + 3 * BLOCK)
          .write(SIZE, List.of(ByteBuffer.wrap(random(random, BLOCK))));
      try (ChunkStore crashed = afterACrash()) {
        assertThat(read(crashed, 1)).isEqualTo(content);
        assertThat(crashed.verify(1, true)).isEmpty();
      }
    }
  }

  @Test
  void aCrashDuringAnOverwriteCostsTheBlocksItTouchedUntilTheyAreWritten() throws Exception {
    byte[] content = random(random, SIZE);
    byte[] data = random(random, BLOCK);
    int offset = BLOCK + 100;
    try (ChunkStore store = openStore()) {
      create(store, 1, content);
      store.update(1, 2, SIZE).write(offset, List.of(ByteBuffer.wrap(data)));
      try (ChunkStore crashed = afterACrash()) {
        assertThat(crashed.verify(1, true))
            .extracting(CorruptChunkException::offset)
            .containsExactly((long) BLOCK, 2L * BLOCK);
        assertThatThrownBy(() -> read(crashed, 1)).isInstanceOf(CorruptChunkException.class);
        try (ChunkReader reader = crashed.open(1)) {
          reader.read(
              3L * BLOCK, BLOCK, bytes -> assertThat(bytes.get(0)).isEqualTo(content[3 * BLOCK]));
          assertThatThrownBy(() -> reader.read(2L * BLOCK, 1, bytes -> {}))
              .isInstanceOf(CorruptChunkException.class);
        }
        byte[] again = random(random, 2 * BLOCK);
        try (ChunkWriter writer = crashed.update(1, 3, SIZE)) {
          writer.write(BLOCK, List.of(ByteBuffer.wrap(again)));
          writer.commit();
        }
        assertThat(read(crashed, 1)).isEqualTo(overwritten(content, BLOCK, again));
      }
    }
  }

  @Test
  void aDamagedBlockIsNotMadeGoodByAnOverwriteOfAPartOfIt() throws Exception {
    byte[] content = random(random, SIZE);
    try (ChunkStore store = openStore()) {
      create(store, 1, content);
      flip(chunkFile(), 2L * BLOCK + 5);
      try (ChunkWriter writer = store.update(1, 2, SIZE)) {
        List<ByteBuffer> part = List.of(ByteBuffer.allocate(BLOCK));
        assertThatThrownBy(() -> writer.write(BLOCK + 100L, part))
            .isInstanceOf(CorruptChunkException.class)
            .hasMessageStartingWith("chunk 1 is damaged in bytes 131072 to 196608");
      }
      assertThat(store.verify(1, true))
          .extracting(CorruptChunkException::offset)
          .containsExactly(2L * BLOCK);
      flip(chunkFile(), 2L * BLOCK + 5);
      assertThat(read(store, 1)).as("a write that fails changes nothing").isEqualTo(content);
    }
  }

  @Test
  void aChunkGrowsToTheLargestThereIs() throws Exception {
    byte[] content = random(random, 3);
    try (ChunkStore store = openStore()) {
      create(store, 1, content);
      int most = Math.toIntExact(ChunkStore.MAX_CHUNK_BYTES);
      byte[] appended = random(random, most - 3);
      try (ChunkWriter writer = store.update(1, 2, most)) {
        for (int at = 0; at < appended.length; at += 512 << 10) {
          int length = Math.min(512 << 10, appended.length - at);
          writer.write(3L + at, List.of(ByteBuffer.wrap(appended, at, length)));
        }
        writer.commit();
      }
      try (ChunkStore crashed = afterACrash()) {
        assertThat(Arrays.equals(read(crashed, 1), overwritten(content, 3, appended))).isTrue();
      }
    }
  }

  @Test
  void anOverwriteOfALittleChangesLittleOnDisk() throws Exception {
    byte[] content = random(random, SIZE);
    try (ChunkStore store = openStore()) {
      create(store, 1, content);
      Path file = chunkFile();
      byte[] before = Files.readAllBytes(file);
      try (ChunkWriter writer = store.update(1, 2, SIZE)) {
        writer.write(70_000, List.of(ByteBuffer.allocate(4_096)));
        writer.commit();
      }
      assertThat(chunkFile()).isEqualTo(file);
      byte[] after = Files.readAllBytes(file);
      assertThat(after).hasSameSizeAs(before);
      for (int at = 0; at < SIZE; at++) {
        byte expected = at >= 70_000 && at < 74_096 ? 0 : before[at];
        assertThat(after[at]).isEqualTo(expected);
      }
    }
  }

  private static void flip(Path file, long position) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.put(0, (byte) (one.get(0) ^ 0x10)).flip();
      channel.write(one, position);
    }
  }
}
