package io.mooseng.bench.core.server.service;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.mooseng.bench.core.wire.ChunkMethods;
import io.mooseng.bench.core.wire.DataFrame;
import io.mooseng.bench.core.wire.WriteMessage;
import io.mooseng.bench.proto.ChainReplicationStatus;
import io.mooseng.bench.proto.WriteChunkHeader;
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
final class ChainLink implements ClientResponseObserver<WriteMessage, WriteChunkResponse> {

  private final List<String> servers;
  private final CompletableFuture<List<ChainReplicationStatus>> statuses =
      new CompletableFuture<>();
  private ClientCallStreamObserver<WriteMessage> call;
  private WriteChunkResponse response;
  private CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> lastSend = ready;

  private ChainLink(List<String> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * Begins to forward a chunk to the first of its chain, which {@code next} calls.
   *
   * @param region where this server is; the first of a chain has made sure that the chunk exists
   */
  static ChainLink open(WriteChunkHeader header, Channel next, String region) {
    List<String> servers = header.getChainServersList();
    ChainLink link = new ChainLink(servers);
    ClientCalls.asyncClientStreamingCall(
        next.newCall(ChunkMethods.WRITE_CHUNK, CallOptions.DEFAULT), link);
    WriteChunkHeader forwarded =
        header.toBuilder()
            .clearChainServers()
            .setSourceRegion(region)
            .addAllChainServers(servers.subList(1, servers.size()))
            .build();
    link.call.onNext(new WriteMessage.Header(forwarded));
    return link;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WriteMessage> stream) {
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

  /**
   * Forwards a frame, takes it over, and completes when the next may follow, also if nobody listens
   * any more. The frame waits here until the call can take it: a call that is not ready may keep
   * the message without its bytes.
   */
  CompletableFuture<Void> send(DataFrame frame) {
    lastSend =
        whenReady()
            .thenRun(
                () -> {
                  try (frame) {
                    if (!statuses.isDone()) {
                      call.onNext(new WriteMessage.Data(frame));
                    }
                  }
                });
    return lastSend;
  }

  private CompletableFuture<Void> whenReady() {
    CompletableFuture<Void> next;
    synchronized (this) {
      if (ready.isDone()) {
        ready = new CompletableFuture<>();
      }
      next = ready;
    }
    if (call.isReady() || statuses.isDone()) {
      next.complete(null);
    }
    return next;
  }

  /** Ends the forwarding; completes, never exceptionally, with the status of every server. */
  CompletableFuture<List<ChainReplicationStatus>> finish() {
    lastSend.whenComplete(
        (sent, failure) -> {
          if (!statuses.isDone()) {
            call.onCompleted();
          }
        });
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
