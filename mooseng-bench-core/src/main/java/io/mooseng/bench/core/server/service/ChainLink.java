package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.mooseng.bench.proto.ChainReplicationStatus;
import io.mooseng.bench.proto.ChunkServerServiceGrpc.ChunkServerServiceStub;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkRequest;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The way of a chunk to the next server of its chain. A failure there does not fail the write here:
 * it is one line of the answer's chain status, for each server that was not reached.
 *
 * <p>Sending happens in the serial order of one call; answers come on another thread.
 */
final class ChainLink implements ClientResponseObserver<WriteChunkRequest, WriteChunkResponse> {

  private final List<String> servers;
  private final CompletableFuture<List<ChainReplicationStatus>> statuses =
      new CompletableFuture<>();
  private ClientCallStreamObserver<WriteChunkRequest> call;
  private WriteChunkResponse response;
  private CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

  private ChainLink(List<String> servers) {
    this.servers = List.copyOf(servers);
  }

  /** Begins to forward a chunk to the first of its chain, which {@code next} calls. */
  static ChainLink open(WriteChunkHeader header, ChunkServerServiceStub next) {
    List<String> servers = header.getChainServersList();
    ChainLink link = new ChainLink(servers);
    next.writeChunk(link);
    WriteChunkHeader forwarded =
        header.toBuilder()
            .clearChainServers()
            .addAllChainServers(servers.subList(1, servers.size()))
            .build();
    link.call.onNext(WriteChunkRequest.newBuilder().setHeader(forwarded).build());
    return link;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WriteChunkRequest> stream) {
    call = stream;
    stream.setOnReadyHandler(this::wake);
  }

  private void wake() {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      waiting = ready;
    }
    waiting.complete(null);
  }

  /** Forwards a frame; completes when the next may follow, also if nobody listens any more. */
  CompletableFuture<Void> send(WriteChunkRequest frame) {
    if (statuses.isDone()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> next = new CompletableFuture<>();
    synchronized (this) {
      ready = next;
    }
    call.onNext(frame);
    if (call.isReady() || statuses.isDone()) {
      next.complete(null);
    }
    return next;
  }

  /** Ends the forwarding; completes, never exceptionally, with the status of every server. */
  CompletableFuture<List<ChainReplicationStatus>> finish() {
    if (!statuses.isDone()) {
      call.onCompleted();
    }
    return statuses;
  }

  void cancel(Status reason) {
    call.cancel(reason.getDescription(), null);
  }

  @Override
  public void onNext(WriteChunkResponse answered) {
    response = answered;
  }

  @Override
  public void onCompleted() {
    if (response == null) {
      onError(Status.INTERNAL.withDescription("no answer").asRuntimeException());
      return;
    }
    List<ChainReplicationStatus> all = new ArrayList<>();
    // The next server answers for itself by answering at all, and for those behind it by name.
    all.add(ChainReplicationStatus.newBuilder().setServer(servers.get(0)).setSuccess(true).build());
    all.addAll(response.getChainStatusList());
    statuses.complete(all);
    wake();
  }

  @Override
  public void onError(Throwable failure) {
    String error = Status.fromThrowable(failure).toString();
    statuses.complete(
        servers.stream()
            .map(
                server ->
                    ChainReplicationStatus.newBuilder().setServer(server).setError(error).build())
            .toList());
    wake();
  }
}
