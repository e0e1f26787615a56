package io.mooseng.bench.multiregion.client;

import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.proto.Abandonment;
import io.mooseng.bench.proto.RecoveryAnswer;
import io.mooseng.bench.proto.RecoveryRequest;
import io.mooseng.bench.proto.ShardContent;
import io.mooseng.bench.proto.ShardRead;
import io.mooseng.bench.proto.TransactionAnswer;
import io.mooseng.bench.proto.TransactionRequest;
import io.mooseng.bench.proto.TransactionServiceGrpc;
import io.mooseng.bench.proto.TransactionServiceGrpc.TransactionServiceFutureStub;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client whose region coordinates its transactions. Safe for use by any number of threads. */
public final class TransactionClient implements AutoCloseable {

  private final String region;
  private final RegionChannels channels;
  private final long deadlineNanos;

  /** A client that connects when it first calls. */
  public TransactionClient(ClusterDescription cluster, String region, Duration deadline) {
    this.region = region;
    this.channels = new RegionChannels(cluster, region);
    this.deadlineNanos = deadline.toNanos();
  }

  private TransactionServiceFutureStub stub() {
    return TransactionServiceGrpc.newFutureStub(channels.channel(region))
        .withDeadlineAfter(deadlineNanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Sets a key in both shards to one value, or in neither.
   *
   * @param abandoned after which step the coordinator is to forget the transaction
   * @return whether it was committed; not, if another transaction held a key
   */
  public CompletableFuture<Boolean> setBoth(String key, long value, Abandonment abandoned) {
    TransactionRequest request =
        TransactionRequest.newBuilder()
            .setTransaction(UUID.randomUUID().toString())
            .putAllFirst(Map.of(key, value))
            .putAllSecond(Map.of(key, value))
            .setAbandoned(abandoned)
            .build();
    return Futures.of(stub().transact(request)).thenApply(TransactionAnswer::getCommitted);
  }

  /** Ends what coordinators have left prepared. */
  public CompletableFuture<RecoveryAnswer> recover() {
    return Futures.of(stub().recover(RecoveryRequest.getDefaultInstance()));
  }

  /** What a shard holds, 0 or 1. */
  public CompletableFuture<ShardContent> read(int shard) {
    return Futures.of(stub().readShard(ShardRead.newBuilder().setShard(shard).build()));
  }

  @Override
  public void close() {
    channels.close();
  }
}
