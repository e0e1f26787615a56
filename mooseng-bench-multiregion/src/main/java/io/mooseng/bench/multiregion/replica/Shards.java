package io.mooseng.bench.multiregion.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.proto.ShardCommand;
import io.mooseng.bench.proto.ShardReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.exceptions.AlreadyExistsException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * The two shards as this region takes part in them: groups of their own on the region's Ratis
 * server. The first region leads the first shard if it can, the second one the second.
 */
final class Shards implements AutoCloseable {

  static final int COUNT = 2;

  private record Shard(RaftGroup group, ShardMachine machine) {}

  private final List<Shard> shards = new ArrayList<>();
  private final List<Orders> orders = new ArrayList<>();
  private final List<ReadIndex> readIndexes = new ArrayList<>();
  private final ClientId self = ClientId.randomId();

  Shards(ClusterDescription cluster, String region) {
    for (int i = 0; i < COUNT; i++) {
      shards.add(new Shard(RaftSettings.shard(cluster, region, i), new ShardMachine()));
    }
  }

  /** The machine of a group, if it is one of these. */
  Optional<ShardMachine> machine(RaftGroupId group) {
    return shards.stream()
        .filter(shard -> shard.group().getGroupId().equals(group))
        .findFirst()
        .map(Shard::machine);
  }

  /** Takes part from now on; a region that comes back does so already. */
  void join(RaftServer server, Redial redial) throws IOException {
    for (Shard shard : shards) {
      try {
        server.groupManagement(
            GroupManagementRequest.newAdd(
                self, server.getId(), CallId.getAndIncrement(), shard.group()));
      } catch (AlreadyExistsException e) {
        // Its log was on disk.
      }
      orders.add(new Orders(server, shard.group()));
      readIndexes.add(ReadIndex.of(server, shard.group(), redial));
    }
  }

  /** Has a command ordered by a shard; answers what the shard said. */
  CompletableFuture<Boolean> order(int shard, ShardCommand command) {
    Message message = Message.valueOf(UnsafeByteOperations.unsafeWrap(command.toByteArray()));
    return orders.get(shard).order(message).thenApply(Shards::answer);
  }

  private static boolean answer(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new CompletionException(new IOException("not ordered: " + reply.getException()));
    }
    try {
      return ShardReply.parseFrom(reply.getMessage().getContent().toByteArray()).getYes();
    } catch (InvalidProtocolBufferException e) {
      throw new CompletionException(e);
    }
  }

  /** The state of a shard, as new as every command that was acknowledged before this call. */
  CompletableFuture<ShardState> read(int shard) {
    return readIndexes
        .get(shard)
        .reached()
        .thenApply(reached -> shards.get(shard).machine().state());
  }

  @Override
  public void close() throws IOException {
    for (Orders each : orders) {
      each.close();
    }
  }
}
