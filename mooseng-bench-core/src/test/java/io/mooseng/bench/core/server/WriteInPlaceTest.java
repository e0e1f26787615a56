package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.ChunkWriter;
import io.mooseng.bench.core.server.chunk.DirectoryChunkStore;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.GetChunkInfoRequest;
import io.mooseng.bench.proto.ReadChunkRequest;
import io.mooseng.bench.proto.ReadChunkResponse;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WriteChunk to a part of a chunk that is there already. */
@Timeout(60)
class WriteInPlaceTest {

  private static final int SIZE = 1_000_000;

  @TempDir Path directory;

  private static Payload payload(long variant, long size) {
    return Payload.of(71, variant, new ByteSize(size));
  }

  private ServerSettings settings(boolean inMemory) {
    return inMemory ? ServerSettings.inMemory() : ServerSettings.inDirectory(directory);
  }

  /** Overwrites or appends within the first chunk, as a client does: two calls. */
  private static WriteChunkResponse write(
      Client client, long inode, FileContent content, long offset, Payload payload)
      throws Exception {
    ChunkInfo chunk = client.allocate(inode, 0).getChunk();
    assertThat(chunk.getSize())
        .as("AllocateChunk says how much is there")
        .isEqualTo(content.size());
    long size = Math.max(chunk.getSize(), offset + payload.size());
    WriteChunkResponse response = client.writeWithin(chunk, payload, offset, size, List.of());
    if (offset == content.size()) {
      content.append(payload);
    } else {
      content.overwrite(offset, payload);
    }
    assertThat(response.getSuccess()).isTrue();
    assertThat(response.getFinalChecksum().asReadOnlyByteBuffer().getInt())
        .isEqualTo(content.crc32c(0, content.size()));
    return response;
  }

  private static FileContent changed(Client client, long inode) throws Exception {
    FileContent content = FileContent.of(payload(0, SIZE));
    write(client, inode, content, 0, payload(1, 1));
    write(client, inode, content, 70_000, payload(2, 4_096));
    write(client, inode, content, SIZE, payload(3, 300_000));
    write(client, inode, content, 65_536, payload(4, 131_072));
    write(client, inode, content, SIZE + 299_999, payload(5, 1));
    write(client, inode, content, SIZE + 300_000, payload(6, 1));
    write(client, inode, content, 0, payload(7, SIZE));
    write(client, inode, content, 500_000, payload(8, 600_000));
    return content;
  }

  private static void assertContent(Client client, long inode, FileContent content) {
    assertThat(client.info(inode).getMetadata().getSize()).isEqualTo(content.size());
    assertThat(client.verify(inode, content)).isEqualTo(content.size());
    ChunkInfo chunk = client.info(inode).getChunks(0);
    assertThat(chunk.getChecksum().asReadOnlyByteBuffer().getInt())
        .isEqualTo(content.crc32c(0, content.size()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsNotCoveredIsKept(boolean inMemory) throws Exception {
    try (MooseNgServer server = MooseNgServer.start(settings(inMemory));
        Client client = new Client(server)) {
      long inode = client.write("file", payload(0, SIZE)).getInode();
      assertContent(client, inode, changed(client, inode));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void changesSurviveARestart(boolean fsync) throws Exception {
    ServerSettings settings = settings(false).withFsync(fsync);
    long inode;
    FileContent content;
    try (MooseNgServer server = MooseNgServer.start(settings);
        Client client = new Client(server)) {
      inode = client.write("file", payload(0, SIZE)).getInode();
      content = changed(client, inode);
    }
    try (MooseNgServer server = MooseNgServer.start(settings);
        Client client = new Client(server)) {
      assertContent(client, inode, content);
      write(client, inode, content, content.size(), payload(9, 200_000));
      write(client, inode, content, 3, payload(10, 100_000));
      assertContent(client, inode, content);
    }
  }

  /** As a crash leaves it between the end of a write and its report to the master. */
  @Test
  void aChangeThatWasNotReportedIsReportedAtTheNextStart() throws Exception {
    long inode;
    try (MooseNgServer server = MooseNgServer.start(settings(false));
        Client client = new Client(server)) {
      inode = client.write("file", payload(0, SIZE)).getInode();
    }
    try (ChunkStore store = new DirectoryChunkStore(directory.resolve("chunks"), false);
        ChunkWriter writer = store.update(1, 2, SIZE + 100)) {
      writer.write(SIZE, List.of(payload(1, 100).slice(0, 100)));
      writer.commit();
    }
    FileContent content = FileContent.of(payload(0, SIZE));
    content.append(payload(1, 100));
    try (MooseNgServer server = MooseNgServer.start(settings(false));
        Client client = new Client(server)) {
      assertContent(client, inode, content);
      write(client, inode, content, content.size(), payload(2, 5));
      assertContent(client, inode, content);
    }
  }

  @Test
  void theChecksumOfTheWholeIsSentForWhatIsThere() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(settings(true));
        Client client = new Client(server)) {
      long inode = client.write("file", payload(0, SIZE)).getInode();
      FileContent content = FileContent.of(payload(0, SIZE));
      write(client, inode, content, 5, payload(1, 100));
      long chunkId = client.info(inode).getChunks(0).getChunkId();
      Iterator<ReadChunkResponse> frames =
          client.chunks.readChunk(ReadChunkRequest.newBuilder().setChunkId(chunkId).build());
      ReadChunkResponse last = frames.next();
      while (frames.hasNext()) {
        last = frames.next();
      }
      assertThat(last.getChunkChecksum().asReadOnlyByteBuffer().getInt())
          .isEqualTo(content.crc32c(0, SIZE));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWriteThatLeavesAHoleIsRefused(boolean inMemory) throws Exception {
    try (MooseNgServer server = MooseNgServer.start(settings(inMemory));
        Client client = new Client(server)) {
      long inode = client.write("file", payload(0, SIZE)).getInode();
      ChunkInfo chunk = client.allocate(inode, 0).getChunk();
      assertThatThrownBy(
              () -> client.writeWithin(chunk, payload(1, 10), SIZE + 1, SIZE + 11, List.of()))
          .hasMessage(
              "INVALID_ARGUMENT: a frame begins at byte 1000001; the chunk has 1000000 bytes to"
                  + " begin within");
      assertThatThrownBy(
              () -> client.writeWithin(chunk, payload(1, 10), SIZE, SIZE + 11, List.of()))
          .hasMessage("INVALID_ARGUMENT: WriteChunk ended after 1000010 of 1000011 bytes");
      assertThatThrownBy(() -> client.writeWithin(chunk, payload(1, 10), SIZE - 5, SIZE, List.of()))
          .hasMessage("INVALID_ARGUMENT: more data than the 1000000 bytes the header announced");
      assertContent(client, inode, FileContent.of(payload(0, SIZE)));
    }
  }

  @Test
  void aDamagedBlockIsNotMadeGoodByAnOverwriteOfAPartOfIt() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(settings(false));
        Client client = new Client(server)) {
      long inode = client.write("file", payload(0, SIZE)).getInode();
      try (Stream<Path> files = Files.walk(directory.resolve("chunks"));
          FileChannel file =
              FileChannel.open(
                  files.filter(Files::isRegularFile).findFirst().orElseThrow(),
                  StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.allocate(8), 140_000);
      }
      ChunkInfo chunk = client.allocate(inode, 0).getChunk();
      String damaged = "DATA_LOSS: chunk 1 is damaged in bytes 131072 to 196608";
      assertThatThrownBy(() -> client.writeWithin(chunk, payload(1, 10), 140_000, SIZE, List.of()))
          .hasMessageStartingWith(damaged);
      assertThatThrownBy(() -> client.verify(inode, payload(0, SIZE)))
          .hasMessageStartingWith(damaged);
      FileContent content = FileContent.of(payload(0, SIZE));
      write(client, inode, content, 131_072, payload(2, 65_536));
      assertContent(client, inode, content);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writersOfDifferentRangesAllSucceed(boolean inMemory) throws Exception {
    int writers = 8;
    int range = 100_001;
    try (MooseNgServer server = MooseNgServer.start(settings(inMemory));
        Client client = new Client(server)) {
      FileContent content = FileContent.of(payload(0, writers * range));
      long inode = client.write("file", payload(0, writers * range)).getInode();
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      try {
        for (int round = 0; round < 5; round++) {
          List<Callable<Long>> writes = new ArrayList<>();
          for (int writer = 0; writer < writers; writer++) {
            long offset = (long) writer * range;
            Payload payload = payload(100L * round + writer, range);
            content.overwrite(offset, payload);
            writes.add(
                () -> {
                  ChunkInfo chunk = client.allocate(inode, 0).getChunk();
                  client.writeWithin(chunk, payload, offset, chunk.getSize(), List.of());
                  return offset;
                });
          }
          for (Future<Long> write : threads.invokeAll(writes)) {
            write.get();
          }
          assertContent(client, inode, content);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void everyServerOfAChainChangesItsCopy() throws Exception {
    try (MooseNgServer first = MooseNgServer.start(settings(true));
        MooseNgServer second = MooseNgServer.start(settings(false));
        Client client = new Client(first);
        Client atSecond = new Client(second)) {
      // Masters of their own, whose first file has a chunk of the same id.
      long inode = client.create("file").getInode();
      long inodeAtSecond = atSecond.create("file").getInode();
      atSecond.allocate(inodeAtSecond, 0);
      List<String> chain = List.of(second.address());
      FileContent content = FileContent.of(payload(0, SIZE));
      client.writeChunk(client.allocate(inode, 0).getChunk(), payload(0, SIZE), 0, SIZE, chain);
      for (int round = 1; round <= 3; round++) {
        ChunkInfo chunk = client.allocate(inode, 0).getChunk();
        Payload payload = payload(round, 300_000);
        long offset = round == 2 ? SIZE : 77_777L * round;
        long size = Math.max(chunk.getSize(), offset + 300_000);
        assertThat(client.writeWithin(chunk, payload, offset, size, chain).getSuccess()).isTrue();
        if (round == 2) {
          content.append(payload);
        } else {
          content.overwrite(offset, payload);
        }
        assertContent(client, inode, content);
        assertContent(atSecond, inodeAtSecond, content);
      }
    }
  }

  @Test
  void aCopyThatMissedAWriteIsNotChangedInPart() throws Exception {
    try (MooseNgServer first = MooseNgServer.start(settings(true));
        MooseNgServer second = MooseNgServer.start(settings(true));
        Client client = new Client(first);
        Client atSecond = new Client(second)) {
      long inode = client.create("file").getInode();
      long inodeAtSecond = atSecond.create("file").getInode();
      atSecond.allocate(inodeAtSecond, 0);
      List<String> chain = List.of(second.address());
      client.writeChunk(client.allocate(inode, 0).getChunk(), payload(0, SIZE), 0, SIZE, chain);
      FileContent content = FileContent.of(payload(0, SIZE));
      write(client, inode, content, 100, payload(1, 100));
      ChunkInfo chunk = client.allocate(inode, 0).getChunk();
      WriteChunkResponse answer = client.writeWithin(chunk, payload(2, 10), 500, SIZE, chain);
      assertThat(answer.getSuccess()).isFalse();
      assertThat(answer.getChainStatus(0).getError()).contains("INVALID_ARGUMENT");
      assertContent(atSecond, inodeAtSecond, FileContent.of(payload(0, SIZE)));
    }
  }

  @Test
  void aWriteOfADeletedFileFailsAndLeavesNothing() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(settings(true));
        Client client = new Client(server)) {
      long inode = client.write("file", payload(0, SIZE)).getInode();
      ChunkInfo chunk = client.allocate(inode, 0).getChunk();
      client.master.deleteFile(
          DeleteFileRequest.newBuilder().setSessionId(client.session).setInode(inode).build());
      assertThatThrownBy(() -> client.writeWithin(chunk, payload(1, 10), 0, SIZE, List.of()))
          .hasMessageStartingWith("NOT_FOUND: ");
      assertThat(
              client
                  .chunks
                  .getChunkInfo(
                      GetChunkInfoRequest.newBuilder().addChunkIds(chunk.getChunkId()).build())
                  .getChunksCount())
          .isZero();
    }
  }
}
