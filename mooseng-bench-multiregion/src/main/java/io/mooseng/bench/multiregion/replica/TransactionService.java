package io.mooseng.bench.multiregion.replica;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import io.mooseng.bench.proto.Abandonment;
import io.mooseng.bench.proto.RecoveryAnswer;
import io.mooseng.bench.proto.RecoveryRequest;
import io.mooseng.bench.proto.ShardCommand;
import io.mooseng.bench.proto.ShardContent;
import io.mooseng.bench.proto.ShardPrepare;
import io.mooseng.bench.proto.ShardRead;
import io.mooseng.bench.proto.ShardResolve;
import io.mooseng.bench.proto.TransactionAnswer;
import io.mooseng.bench.proto.TransactionRequest;
import io.mooseng.bench.proto.TransactionServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Coordinates two-phase commit over the shards: both are prepared at once, then the first one
 * decides, which is the moment of the commit, and then the second one is told. The coordinator
 * keeps nothing: whoever finds a transaction prepared asks the first shard how it ended, and if it
 * has not, ends it.
 */
final class TransactionService extends TransactionServiceGrpc.TransactionServiceImplBase {

  private static final int FIRST = 0;
  private static final int SECOND = 1;

  private final Shards shards;

  TransactionService(Shards shards) {
    this.shards = shards;
  }

  @Override
  public void transact(TransactionRequest request, StreamObserver<TransactionAnswer> observer) {
    Answers.send(
        observer,
        transact(request)
            .thenApply(yes -> TransactionAnswer.newBuilder().setCommitted(yes).build()));
  }

  private CompletableFuture<Boolean> transact(TransactionRequest request) {
    String transaction = request.getTransaction();
    CompletableFuture<Boolean> first =
        shards.order(FIRST, prepare(transaction, request.getFirstMap()));
    CompletableFuture<Boolean> second =
        shards.order(SECOND, prepare(transaction, request.getSecondMap()));
    return first
        .thenCombine(second, Boolean::logicalAnd)
        .thenCompose(granted -> decide(transaction, granted, request.getAbandoned()));
  }

  private CompletableFuture<Boolean> decide(
      String transaction, boolean commit, Abandonment abandoned) {
    if (abandoned == Abandonment.ABANDONMENT_PREPARED) {
      return CompletableFuture.failedFuture(
          new NamespaceException(Status.Code.ABORTED, "the coordinator has gone"));
    }
    return shards
        .order(FIRST, end(transaction, commit))
        .thenCompose(
            committed ->
                abandoned == Abandonment.ABANDONMENT_DECIDED
                    ? CompletableFuture.completedFuture(committed)
                    : shards.order(SECOND, end(transaction, committed)));
  }

  @Override
  public void recover(RecoveryRequest request, StreamObserver<RecoveryAnswer> observer) {
    CompletableFuture<List<String>> inDoubt =
        shards
            .read(FIRST)
            .thenCombine(
                shards.read(SECOND),
                (first, second) -> {
                  List<String> all = new ArrayList<>(first.prepared());
                  second.prepared().stream().filter(t -> !all.contains(t)).forEach(all::add);
                  return all;
                });
    Answers.send(observer, inDoubt.thenCompose(this::recover));
  }

  private CompletableFuture<RecoveryAnswer> recover(List<String> transactions) {
    List<CompletableFuture<Boolean>> ends = new ArrayList<>();
    for (String transaction : transactions) {
      ShardCommand resolve =
          ShardCommand.newBuilder()
              .setTransaction(transaction)
              .setResolve(ShardResolve.getDefaultInstance())
              .build();
      ends.add(
          shards
              .order(FIRST, resolve)
              .thenCompose(committed -> shards.order(SECOND, end(transaction, committed))));
    }
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              int committed = (int) ends.stream().filter(CompletableFuture::join).count();
              return RecoveryAnswer.newBuilder()
                  .setCommitted(committed)
                  .setAborted(ends.size() - committed)
                  .build();
            });
  }

  @Override
  public void readShard(ShardRead request, StreamObserver<ShardContent> observer) {
    if (request.getShard() < 0 || request.getShard() >= Shards.COUNT) {
      observer.onError(
          Status.INVALID_ARGUMENT
              .withDescription("shard " + request.getShard() + " is not accepted; accepted: 0, 1")
              .asRuntimeException());
      return;
    }
    Answers.send(
        observer,
        shards
            .read(request.getShard())
            .thenApply(
                state ->
                    ShardContent.newBuilder()
                        .putAllValues(state.values())
                        .addAllPrepared(state.prepared())
                        .build()));
  }

  private static ShardCommand prepare(String transaction, Map<String, Long> writes) {
    return ShardCommand.newBuilder()
        .setTransaction(transaction)
        .setPrepare(ShardPrepare.newBuilder().putAllWrites(writes))
        .build();
  }

  private static ShardCommand end(String transaction, boolean commit) {
    return ShardCommand.newBuilder().setTransaction(transaction).setCommit(commit).build();
  }
}
