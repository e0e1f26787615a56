package io.mooseng.bench.core.server.service;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.mooseng.bench.core.server.chunk.ChunkReader;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.ChunkTransferInfo;
import io.mooseng.bench.proto.XRegionDataHeader;
import io.mooseng.bench.proto.XRegionDataPayload;
import io.mooseng.bench.proto.XRegionDataResponse;
import io.mooseng.bench.proto.XRegionDataTransfer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Chunks on their way to another region: one ReceiveXRegionData, seen from the side that sends. Its
 * thread waits for the stream; answers come on another one.
 */
final class RegionTransfer
    implements ClientResponseObserver<XRegionDataTransfer, XRegionDataResponse> {

  /** Told of every frame that was handed to the stream. */
  interface Progress {
    /** {@code bytes} more of a chunk are on their way. */
    void sent(long chunkId, int bytes);
  }

  /** A region that takes nothing, or does not answer, for this long is given up. */
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final int FRAME_BYTES = ChunkReadCall.FRAME_BYTES;
  private static final double BITS_PER_MEGABIT = 1e6;

  private final long limitMbps;
  private final Progress progress;
  private ClientCallStreamObserver<XRegionDataTransfer> call;
  private XRegionDataResponse response;
  private Throwable failure;
  private boolean over;
  private long sentBytes;
  private long startNanos;

  private RegionTransfer(long limitMbps, Progress progress) {
    this.limitMbps = limitMbps;
    this.progress = progress;
  }

  /**
   * Sends chunks and waits for what became of them.
   *
   * @param chunks as they are now; one that is changed meanwhile is refused by the other side
   * @param limitMbps millions of bits per second at most; 0: as fast as it goes
   * @throws StatusRuntimeException if the other side cannot be reached or gives up
   * @throws IOException if the store cannot be read
   */
  static XRegionDataResponse send(
      Channel channel,
      String sourceRegion,
      long transferId,
      ChunkStore store,
      List<StoredChunk> chunks,
      long limitMbps,
      Progress progress)
      throws IOException, InterruptedException {
    RegionTransfer transfer = new RegionTransfer(limitMbps, progress);
    ChunkServerServiceGrpc.newStub(channel).receiveXRegionData(transfer);
    try {
      transfer.announce(sourceRegion, transferId, chunks);
      for (StoredChunk chunk : chunks) {
        transfer.sendChunk(store, chunk);
      }
      transfer.call.onCompleted();
      transfer.await(() -> false);
      return transfer.result();
    } catch (IOException | InterruptedException | RuntimeException e) {
      transfer.call.cancel("the sending region gave up", e);
      throw e;
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<XRegionDataTransfer> stream) {
    call = stream;
    stream.setOnReadyHandler(this::wake);
  }

  private synchronized void wake() {
    notifyAll();
  }

  private void announce(String region, long transferId, List<StoredChunk> chunks)
      throws InterruptedException {
    XRegionDataHeader.Builder header =
        XRegionDataHeader.newBuilder()
            .setSourceRegion(region)
            .setTransferId(transferId)
            .setTotalBytes(chunks.stream().mapToLong(StoredChunk::size).sum());
    for (StoredChunk chunk : chunks) {
      header.addChunks(
          ChunkTransferInfo.newBuilder()
              .setChunkId(chunk.chunkId())
              .setVersion(chunk.version())
              .setSize(chunk.size())
              .setChecksum(Crc32c.encode(chunk.crc32c())));
    }
    await(call::isReady);
    startNanos = System.nanoTime();
    call.onNext(XRegionDataTransfer.newBuilder().setHeader(header).build());
  }

  private void sendChunk(ChunkStore store, StoredChunk chunk)
      throws IOException, InterruptedException {
    try (ChunkReader reader = store.open(chunk.chunkId())) {
      long size = Math.min(chunk.size(), reader.chunk().size());
      long[] offset = {0};
      do {
        await(call::isReady);
        if (over()) {
          return;
        }
        ByteString[] data = {ByteString.EMPTY};
        if (offset[0] < size) {
          int wanted = (int) Math.min(FRAME_BYTES, size - offset[0]);
          reader.read(offset[0], wanted, buffer -> data[0] = ByteString.copyFrom(buffer));
        }
        long next = offset[0] + data[0].size();
        call.onNext(
            XRegionDataTransfer.newBuilder()
                .setPayload(
                    XRegionDataPayload.newBuilder()
                        .setChunkId(chunk.chunkId())
                        .setData(data[0])
                        .setOffset(offset[0])
                        .setIsLast(next == size))
                .build());
        progress.sent(chunk.chunkId(), data[0].size());
        sentBytes += data[0].size();
        offset[0] = next;
        pace();
      } while (offset[0] < size);
    }
  }

  private void pace() throws InterruptedException {
    long due = startNanos + dueNanos(sentBytes, limitMbps);
    while (due - System.nanoTime() > 0 && !over()) {
      LockSupport.parkNanos(due - System.nanoTime());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** When the next byte may leave, after the first one, if {@code bytes} have left. */
  static long dueNanos(long bytes, long limitMbps) {
    if (limitMbps == 0) {
      return 0;
    }
    double seconds = bytes * (double) Byte.SIZE / (limitMbps * BITS_PER_MEGABIT);
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  /** What a wait is for. */
  private interface Condition {
    boolean holds();
  }

  /** Until the condition holds or the call is over. */
  private void await(Condition condition) throws InterruptedException {
    long giveUp = System.nanoTime() + STALL_NANOS;
    synchronized (this) {
      while (!over && !condition.holds()) {
        long left = giveUp - System.nanoTime();
        if (left <= 0) {
          throw Status.DEADLINE_EXCEEDED
              .withDescription(
                  "the other region did not answer for "
                      + TimeUnit.NANOSECONDS.toSeconds(STALL_NANOS)
                      + " s")
              .asRuntimeException();
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
  }

  private synchronized boolean over() {
    return over;
  }

  private synchronized XRegionDataResponse result() {
    if (failure != null) {
      throw Status.fromThrowable(failure).asRuntimeException();
    }
    if (response == null) {
      throw Status.INTERNAL.withDescription("no answer").asRuntimeException();
    }
    return response;
  }

  @Override
  public synchronized void onNext(XRegionDataResponse answered) {
    response = answered;
  }

  @Override
  public synchronized void onError(Throwable cause) {
    failure = cause;
    over = true;
    notifyAll();
  }

  @Override
  public synchronized void onCompleted() {
    over = true;
    notifyAll();
  }
}
