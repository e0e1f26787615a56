package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChainReplicationStatus;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A chunk that is written to the first of a chain is on all of it. */
@Timeout(60)
class ChainTest {

  private static final Payload PAYLOAD = Payload.of(3, 3, new ByteSize(3_000_000));

  @Test
  void everyServerOfTheChainHasTheChunk() throws Exception {
    try (MooseNgServer first = MooseNgServer.start(ServerSettings.inMemory());
        MooseNgServer second = MooseNgServer.start(ServerSettings.inMemory());
        MooseNgServer third = MooseNgServer.start(ServerSettings.inMemory());
        Client client = new Client(first);
        Client atSecond = new Client(second);
        Client atThird = new Client(third)) {
      ChunkInfo chunk = client.allocate(client.create("file").getInode(), 0).getChunk();
      // Masters of their own, whose first file has a chunk of the same id.
      long inodeAtSecond = atSecond.create("file").getInode();
      long inodeAtThird = atThird.create("file").getInode();
      assertThat(atSecond.allocate(inodeAtSecond, 0).getChunk().getChunkId())
          .isEqualTo(chunk.getChunkId());
      assertThat(atThird.allocate(inodeAtThird, 0).getChunk().getChunkId())
          .isEqualTo(chunk.getChunkId());
      WriteChunkResponse written =
          client.writeChunk(
              chunk, PAYLOAD, 0, PAYLOAD.size(), List.of(second.address(), third.address()));
      assertThat(written.getSuccess()).isTrue();
      assertThat(written.getChainStatusList())
          .extracting(ChainReplicationStatus::getServer)
          .containsExactly(second.address(), third.address());
      assertThat(atSecond.verify(inodeAtSecond, PAYLOAD)).isEqualTo(PAYLOAD.size());
      assertThat(atThird.verify(inodeAtThird, PAYLOAD)).isEqualTo(PAYLOAD.size());
    }
  }

  @Test
  void aServerThatFailsIsNamed() throws Exception {
    try (MooseNgServer first = MooseNgServer.start(ServerSettings.inMemory());
        MooseNgServer second = MooseNgServer.start(ServerSettings.inMemory());
        Client client = new Client(first)) {
      long inode = client.create("file").getInode();
      ChunkInfo chunk = client.allocate(inode, 0).getChunk();
      WriteChunkResponse written =
          client.writeChunk(chunk, PAYLOAD, 0, PAYLOAD.size(), List.of(second.address()));
      assertThat(written.getSuccess()).isFalse();
      assertThat(written.getChainStatus(0).getServer()).isEqualTo(second.address());
      assertThat(written.getChainStatus(0).getError()).contains("NOT_FOUND");
      assertThat(client.verify(inode, PAYLOAD)).isEqualTo(PAYLOAD.size());
    }
  }
}
