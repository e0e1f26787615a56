package io.mooseng.bench.multiregion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.multiregion.client.RegionChannels;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.ReplicationPolicy;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.proto.ChunkDetail;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.ListChunksRequest;
import io.mooseng.bench.proto.WriteChunkData;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkRequest;
import io.mooseng.bench.proto.WriteChunkResponse;
import io.mooseng.bench.proto.XRegionReplicationProgress;
import io.mooseng.bench.proto.XRegionReplicationRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of chunks that are made after the acknowledgement. */
@Timeout(120)
class LaterCopiesTest {

  private static final Duration FAR = Duration.ofMillis(30);
  private static final int SIZE = 1 << 20;

  private static RegionCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        RegionCluster.start(
            RegionCluster.Options.of(
                    new RttMatrix(
                        "two-copies",
                        "this test",
                        List.of("a", "b"),
                        Map.of("a", Map.of("b", FAR))))
                .withReplication(ReplicationPolicy.ASYNC));
    TrialCluster.lend(cluster);
  }

  @AfterAll
  static void stop() throws Exception {
    TrialCluster.lend(null);
    cluster.close();
  }

  @Test
  void aWriteDoesNotWaitForItsCopiesAndTheyArrive() throws Exception {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            "memory:/",
            ChunkReplicationBenchmark.class,
            "write",
            Map.of("policy", "async", "fileSize", "1MB"))) {
      RecordedInterval interval = trial.iterate(1);
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(3);
      // The bytes crossed the link after the acknowledgement: it cannot have taken less than a way.
      assertThat(interval.values().get(Quantity.COPY_LAG)).isGreaterThan(FAR.toNanos() / 2.0);
      assertThat(interval.values().get(Quantity.COPY_LAG_NEAREST))
          .isEqualTo(interval.values().get(Quantity.COPY_LAG));
      assertThat(interval.values().get(Quantity.WINDOW_SHARE)).isBetween(0.0, 1.0);
    }
    try (RegionChannels atHome = new RegionChannels(cluster.description(), "a");
        RegionChannels abroad = new RegionChannels(cluster.description(), "b")) {
      List<ChunkDetail> here = chunks(atHome, "a");
      assertThat(here).hasSizeGreaterThanOrEqualTo(3);
      assertThat(chunks(abroad, "b"))
          .filteredOn(chunk -> here.stream().anyMatch(c -> c.getChunkId() == chunk.getChunkId()))
          .extracting(ChunkDetail::getChunkId, ChunkDetail::getSize, ChunkDetail::getChecksum)
          .containsExactlyElementsOf(
              here.stream()
                  .map(
                      c ->
                          org.assertj.core.groups.Tuple.tuple(
                              c.getChunkId(), c.getSize(), c.getChecksum()))
                  .toList());
    }
  }

  @Test
  void aRegionIsSentChunksWhenSomebodyAsks() throws Exception {
    try (RegionChannels atHome = new RegionChannels(cluster.description(), "b");
        RegionChannels abroad = new RegionChannels(cluster.description(), "a");
        TargetDriver driver =
            Targets.open(
                "mooseng://" + cluster.description().region("b").address(),
                TargetOptions.defaults())) {
      Payload payload = Payload.of(3, 0, new ByteSize(SIZE));
      driver.write(driver.root(), "asked", payload, new OperationTrace());
      List<ChunkDetail> stored = chunks(atHome, "b");
      long newest = stored.get(stored.size() - 1).getChunkId();
      List<XRegionReplicationProgress> told = new ArrayList<>();
      long start = System.nanoTime();
      initiate(atHome, "a", newest, 8).forEachRemaining(told::add);
      XRegionReplicationProgress end = told.get(told.size() - 1);
      assertThat(end.getReplicatedChunks()).isEqualTo(1);
      assertThat(end.getTotalChunks()).isEqualTo(1);
      assertThat(end.getCurrentChunkId()).isEqualTo(newest);
      assertThat(end.getBytesTransferred()).isEqualTo(SIZE);
      // 1 MiB at 8 Mbit/s takes more than a second.
      assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
      assertThat(chunks(abroad, "a")).extracting(ChunkDetail::getChunkId).contains(newest);
      assertThatThrownBy(() -> initiate(atHome, "a", 12_345, 0).forEachRemaining(told::add))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("NOT_FOUND");
      assertThatThrownBy(() -> initiate(atHome, "b", newest, 0).forEachRemaining(told::add))
          .hasMessageContaining("region 'b' is not accepted; accepted: a");
    }
  }

  /** Whoever forwards a chunk is believed that it exists, until the copy is reported. */
  @Test
  void aForwardedChunkThatDoesNotExistIsRefusedAndNotKept() throws Exception {
    long unknown = 1_000_000;
    ByteString data = ByteString.copyFromUtf8("forged");
    CRC32C crc = new CRC32C();
    crc.update(data.asReadOnlyByteBuffer());
    ByteBuffer checksum = ByteBuffer.allocate(Integer.BYTES).putInt(0, (int) crc.getValue());
    WriteChunkHeader header =
        WriteChunkHeader.newBuilder()
            .setChunkId(unknown)
            .setVersion(1)
            .setTotalSize(data.size())
            .setSourceRegion("a")
            .build();
    WriteChunkData frame =
        WriteChunkData.newBuilder()
            .setData(data)
            .setIsLast(true)
            .setChecksum(ByteString.copyFrom(checksum))
            .build();
    try (RegionChannels atHome = new RegionChannels(cluster.description(), "b")) {
      CompletableFuture<WriteChunkResponse> answer = new CompletableFuture<>();
      StreamObserver<WriteChunkRequest> call =
          ChunkServerServiceGrpc.newStub(atHome.channel("b")).writeChunk(completing(answer));
      call.onNext(WriteChunkRequest.newBuilder().setHeader(header).build());
      call.onNext(WriteChunkRequest.newBuilder().setData(frame).build());
      call.onCompleted();
      assertThatThrownBy(answer::join).hasMessageContaining("NOT_FOUND");
      while (chunks(atHome, "b").stream().anyMatch(chunk -> chunk.getChunkId() == unknown)) {
        Thread.onSpinWait(); // it is deleted after the answer, and the test has a time limit
      }
    }
  }

  private static <T> StreamObserver<T> completing(CompletableFuture<T> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }

  private static Iterator<XRegionReplicationProgress> initiate(
      RegionChannels channels, String target, long chunkId, int limitMbps) {
    return ChunkServerServiceGrpc.newBlockingStub(channels.channel("b"))
        .initiateXRegionReplication(
            XRegionReplicationRequest.newBuilder()
                .setTargetRegion(target)
                .addChunkIds(chunkId)
                .setBandwidthLimitMbps(limitMbps)
                .build());
  }

  private static List<ChunkDetail> chunks(RegionChannels channels, String region) {
    return ChunkServerServiceGrpc.newBlockingStub(channels.channel(region))
        .listChunks(ListChunksRequest.newBuilder().setLimit(100).build())
        .getChunksList();
  }
}
