package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.DeleteFileResponse;
import io.mooseng.bench.proto.ReadChunkRequest;
import io.mooseng.bench.proto.ReadChunkResponse;
import io.mooseng.bench.proto.VerifyChunkRequest;
import io.mooseng.bench.proto.VerifyChunkResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is what is read: after a restart, from a damaged disk, in part. */
@Timeout(60)
class StorageTest {

  private static final long SEED = 20240607;

  @TempDir Path directory;

  private static Payload payload(long size) {
    return Payload.of(SEED, size, new ByteSize(size));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyByteSurvivesARestart(boolean fsync) throws Exception {
    ServerSettings settings = ServerSettings.inDirectory(directory).withFsync(fsync);
    List<Long> sizes = new ArrayList<>(List.of(0L, 1L, 65_535L, 65_536L, 65_537L, 3_000_000L));
    if (!fsync) {
      sizes.add(Client.CHUNK_BYTES + 1);
    }
    Map<Long, Long> inodes = new LinkedHashMap<>();
    try (MooseNgServer server = MooseNgServer.start(settings);
        Client client = new Client(server)) {
      for (long size : sizes) {
        inodes.put(size, client.write("file-" + size, payload(size)).getInode());
      }
      assertContent(client, inodes);
    }
    try (MooseNgServer server = MooseNgServer.start(settings);
        Client client = new Client(server)) {
      assertContent(client, inodes);
    }
  }

  private static void assertContent(Client client, Map<Long, Long> inodes) {
    inodes.forEach(
        (size, inode) -> {
          assertThat(client.info(inode).getMetadata().getSize()).isEqualTo(size);
          assertThat(client.verify(inode, payload(size))).isEqualTo(size);
        });
    assertThat(client.info(inodes.get(3_000_000L)).getMetadata().getChunkIdsCount()).isEqualTo(1);
  }

  @Test
  void theMemoryStoreReadsWhatWasWritten() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
        Client client = new Client(server)) {
      long inode = client.write("file", payload(5_000_001)).getInode();
      assertThat(client.verify(inode, payload(5_000_001))).isEqualTo(5_000_001);
    }
  }

  @Test
  void aPartIsReadFromItsOffset() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        Client client = new Client(server)) {
      Payload payload = payload(2_000_000);
      ChunkInfo chunk = client.info(client.write("file", payload).getInode()).getChunks(0);
      for (int[] range : new int[][] {{0, 1}, {65_535, 2}, {700_001, 900_000}, {1_999_999, 5}}) {
        ByteBuffer read = ByteBuffer.allocate(range[1]);
        List<ReadChunkResponse> frames = new ArrayList<>();
        client
            .chunks
            .readChunk(
                ReadChunkRequest.newBuilder()
                    .setChunkId(chunk.getChunkId())
                    .setOffset(range[0])
                    .setLength(range[1])
                    .build())
            .forEachRemaining(frames::add);
        frames.forEach(frame -> read.put(frame.getData().asReadOnlyByteBuffer()));
        read.flip();
        assertThat(read.remaining()).isEqualTo(Math.min(range[1], 2_000_000 - range[0]));
        for (int i = 0; i < read.limit(); i++) {
          assertThat(read.get(i)).isEqualTo(payload.slice(range[0] + i, 1).get());
        }
        assertThat(frames.get(frames.size() - 1).getIsLast()).isTrue();
        assertThat(frames).allMatch(frame -> frame.getChunkChecksum().isEmpty());
      }
    }
  }

  @Test
  void aFlippedByteIsDataLossAndNeverContent() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        Client client = new Client(server)) {
      long inode = client.write("file", payload(200_000)).getInode();
      flip(onlyChunkFile(), 150_000);
      assertThatThrownBy(() -> client.verify(inode, payload(200_000)))
          .hasMessageStartingWith("DATA_LOSS: chunk 1 is damaged in bytes 131072 to 196608");
      VerifyChunkResponse verified =
          client.chunks.verifyChunk(
              VerifyChunkRequest.newBuilder().setChunkId(1).setDeepVerify(true).build());
      assertThat(verified.getValid()).isFalse();
      assertThat(verified.getCorruptions(0).getOffset()).isEqualTo(131_072);
    }
  }

  @Test
  void aDamagedFooterIsDataLossAfterARestart() throws Exception {
    long inode;
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        Client client = new Client(server)) {
      inode = client.write("file", payload(1_000)).getInode();
    }
    flip(onlyChunkFile(), 1_000 + Integer.BYTES + 1);
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        Client client = new Client(server)) {
      assertThatThrownBy(() -> client.verify(inode, payload(1_000)))
          .hasMessageStartingWith("DATA_LOSS: chunk 1 is lost");
    }
  }

  @Test
  void aDamagedChecksumCostsItsBlockAndNotTheChunk() throws Exception {
    long inode;
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        Client client = new Client(server)) {
      inode = client.write("file", payload(200_000)).getInode();
    }
    flip(onlyChunkFile(), 200_000 + 2 * Integer.BYTES);
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        Client client = new Client(server)) {
      assertThatThrownBy(() -> client.verify(inode, payload(200_000)))
          .hasMessageStartingWith("DATA_LOSS: chunk 1 is damaged in bytes 131072 to 196608");
      VerifyChunkResponse verified =
          client.chunks.verifyChunk(
              VerifyChunkRequest.newBuilder().setChunkId(1).setDeepVerify(true).build());
      assertThat(verified.getCorruptionsCount()).isEqualTo(1);
    }
  }

  @Test
  void deletingAFileFreesItsChunks() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory));
        Client client = new Client(server)) {
      long inode = client.write("file", payload(10_000)).getInode();
      DeleteFileResponse deleted =
          client.master.deleteFile(
              DeleteFileRequest.newBuilder().setSessionId(client.session).setInode(inode).build());
      assertThat(deleted.getFreedSpace()).isEqualTo(10_000);
      assertThat(chunkFiles()).isEmpty();
    }
  }

  @Test
  void aStoreHasOneServer() throws Exception {
    ServerSettings settings = ServerSettings.inDirectory(directory);
    try (MooseNgServer server = MooseNgServer.start(settings)) {
      assertThat(server.port()).isPositive();
      assertThatThrownBy(() -> MooseNgServer.start(settings))
          .isInstanceOf(IOException.class)
          .hasMessage("store " + directory + " is in use by another server");
    }
    MooseNgServer.start(settings).close();
  }

  private List<Path> chunkFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("chunks"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private Path onlyChunkFile() throws IOException {
    assertThat(chunkFiles()).hasSize(1);
    return chunkFiles().get(0);
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
