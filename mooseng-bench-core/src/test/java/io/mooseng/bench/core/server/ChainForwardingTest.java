package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChainReplicationStatus;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.ListDirectoryRequest;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames on their way along a chain, without being copied on the way. */
@Timeout(60)
class ChainForwardingTest {

  private static final Payload PAYLOAD = Payload.of(5, 0, new ByteSize(5_000_001));

  @TempDir Path directory;

  @Test
  void everyServerOfTheChainHoldsTheBytes() throws Exception {
    try (MooseNgServer first = MooseNgServer.start(ServerSettings.inMemory());
        MooseNgServer second = MooseNgServer.start(ServerSettings.inDirectory(directory));
        MooseNgServer third = MooseNgServer.start(ServerSettings.inMemory());
        Client toFirst = new Client(first);
        Client toSecond = new Client(second);
        Client toThird = new Client(third)) {
      for (int round = 0; round < 5; round++) {
        // The servers are masters of their own: the same calls give the same chunk in each.
        ChunkInfo chunk = chunkOf(toFirst, round);
        assertThat(chunkOf(toSecond, round).getChunkId()).isEqualTo(chunk.getChunkId());
        assertThat(chunkOf(toThird, round).getChunkId()).isEqualTo(chunk.getChunkId());
        WriteChunkResponse answer =
            toFirst.writeChunk(
                chunk, PAYLOAD, 0, PAYLOAD.size(), List.of(second.address(), third.address()));
        assertThat(answer.getSuccess()).isTrue();
        assertThat(answer.getChainStatusList())
            .extracting(ChainReplicationStatus::getServer)
            .containsExactly(second.address(), third.address());
        for (Client client : List.of(toFirst, toSecond, toThird)) {
          assertThat(client.verify(inodeOf(client, round), PAYLOAD)).isEqualTo(PAYLOAD.size());
        }
      }
    }
  }

  @Test
  void aServerThatIsNotThereFailsTheChainButNotTheWrite() throws Exception {
    String gone;
    try (MooseNgServer closed = MooseNgServer.start(ServerSettings.inMemory())) {
      gone = closed.address();
    }
    try (MooseNgServer first = MooseNgServer.start(ServerSettings.inMemory());
        Client client = new Client(first)) {
      ChunkInfo chunk = chunkOf(client, 0);
      WriteChunkResponse answer =
          client.writeChunk(chunk, PAYLOAD, 0, PAYLOAD.size(), List.of(gone));
      assertThat(answer.getSuccess()).isFalse();
      assertThat(answer.getChainStatus(0).getError()).contains("UNAVAILABLE");
      assertThat(client.verify(inodeOf(client, 0), PAYLOAD)).isEqualTo(PAYLOAD.size());
    }
  }

  private static ChunkInfo chunkOf(Client client, int round) {
    FileMetadata file = client.create("f" + round);
    return client.allocate(file.getInode(), 0).getChunk();
  }

  private static long inodeOf(Client client, int round) {
    return client
        .master
        .listDirectory(
            ListDirectoryRequest.newBuilder()
                .setSessionId(client.session)
                .setParent(Client.ROOT)
                .setLimit(100)
                .build())
        .getEntriesList()
        .stream()
        .filter(entry -> entry.getName().equals("f" + round))
        .findFirst()
        .orElseThrow()
        .getMetadata()
        .getInode();
  }
}
