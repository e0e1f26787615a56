package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.ChunkTransferInfo;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.XRegionDataHeader;
import io.mooseng.bench.proto.XRegionDataPayload;
import io.mooseng.bench.proto.XRegionDataResponse;
import io.mooseng.bench.proto.XRegionDataTransfer;
import io.mooseng.bench.proto.XRegionReplicationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server does with chunks that another region sends. */
@Timeout(60)
class RegionReceiveTest {

  private static final int SIZE = 300_001;
  private static final Payload PAYLOAD = Payload.of(5, 0, new ByteSize(SIZE));
  private static final ByteString BYTES = ByteString.copyFrom(PAYLOAD.slice(0, SIZE));

  private MooseNgServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = MooseNgServer.start(ServerSettings.inMemory());
    client = new Client(server);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  private XRegionDataResponse send(XRegionDataTransfer... messages) throws Exception {
    CompletableFuture<XRegionDataResponse> answer = new CompletableFuture<>();
    StreamObserver<XRegionDataTransfer> call =
        ChunkServerServiceGrpc.newStub(client.channel)
            .receiveXRegionData(
                new StreamObserver<>() {
                  @Override
                  public void onNext(XRegionDataResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    List.of(messages).forEach(call::onNext);
    call.onCompleted();
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static XRegionDataTransfer header(ChunkTransferInfo... chunks) {
    return XRegionDataTransfer.newBuilder()
        .setHeader(
            XRegionDataHeader.newBuilder()
                .setSourceRegion("far")
                .setTransferId(7)
                .addAllChunks(List.of(chunks)))
        .build();
  }

  private static ChunkTransferInfo info(long chunkId, int version) {
    return ChunkTransferInfo.newBuilder()
        .setChunkId(chunkId)
        .setVersion(version)
        .setSize(SIZE)
        .setChecksum(Client.checksum(BYTES))
        .build();
  }

  private static XRegionDataTransfer frame(long chunkId, int from, int to) {
    return XRegionDataTransfer.newBuilder()
        .setPayload(
            XRegionDataPayload.newBuilder()
                .setChunkId(chunkId)
                .setData(BYTES.substring(from, to))
                .setOffset(from)
                .setIsLast(to == SIZE))
        .build();
  }

  private ChunkInfo allocated(String name) {
    FileMetadata file = client.create(name);
    return client.allocate(file.getInode(), 0).getChunk();
  }

  @Test
  void chunksThatArriveAreStoredReportedAndRead() throws Exception {
    List<FileMetadata> files = new ArrayList<>();
    List<ChunkInfo> chunks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      files.add(client.create("f" + i));
      chunks.add(client.allocate(files.get(i).getInode(), 0).getChunk());
    }
    long one = chunks.get(0).getChunkId();
    long two = chunks.get(1).getChunkId();
    XRegionDataResponse answer =
        send(
            header(info(one, 1), info(two, 1)),
            frame(one, 0, 100_000),
            frame(one, 100_000, SIZE),
            frame(two, 0, SIZE));
    assertThat(answer.getSuccess()).isTrue();
    assertThat(answer.getTransferId()).isEqualTo(7);
    assertThat(answer.getResultsCount()).isEqualTo(2);
    for (FileMetadata file : files) {
      assertThat(client.info(file.getInode()).getMetadata().getSize()).isEqualTo(SIZE);
      assertThat(client.verify(file.getInode(), PAYLOAD)).isEqualTo(SIZE);
    }
  }

  @Test
  void aChunkThatIsHereInThisVersionIsTakenAsItIs() throws Exception {
    FileMetadata file = client.write("f", PAYLOAD);
    ChunkInfo chunk = client.info(file.getInode()).getChunks(0);
    // Other bytes under the same version: nobody may believe them.
    XRegionDataResponse answer =
        send(
            header(info(chunk.getChunkId(), chunk.getVersion())),
            XRegionDataTransfer.newBuilder()
                .setPayload(
                    XRegionDataPayload.newBuilder()
                        .setChunkId(chunk.getChunkId())
                        .setData(ByteString.copyFrom(new byte[SIZE]))
                        .setIsLast(true))
                .build());
    assertThat(answer.getSuccess()).isTrue();
    assertThat(client.verify(file.getInode(), PAYLOAD)).isEqualTo(SIZE);
  }

  @Test
  void whatIsWrongWithOneChunkDoesNotFailTheNext() throws Exception {
    long damaged = allocated("damaged").getChunkId();
    long cut = allocated("cut").getChunkId();
    long gap = allocated("gap").getChunkId();
    FileMetadata file = client.create("sound");
    long sound = client.allocate(file.getInode(), 0).getChunk().getChunkId();
    long unknown = 999;
    ChunkTransferInfo wrong =
        info(damaged, 1).toBuilder().setChecksum(ByteString.copyFrom(new byte[4])).build();
    XRegionDataResponse answer =
        send(
            header(wrong, info(cut, 1), info(gap, 1), info(unknown, 1), info(sound, 1)),
            frame(damaged, 0, SIZE),
            frame(cut, 0, 100_000),
            frame(gap, 100_000, 200_000),
            frame(gap, 200_000, SIZE),
            frame(unknown, 0, SIZE),
            frame(sound, 0, SIZE));
    assertThat(answer.getSuccess()).isFalse();
    assertThat(error(answer, damaged)).startsWith("DATA_LOSS").contains("CRC32C");
    assertThat(error(answer, cut)).contains("before this one ended");
    assertThat(error(answer, gap)).contains("begins at byte 100000; the next to come is 0");
    assertThat(error(answer, unknown)).startsWith("NOT_FOUND");
    assertThat(error(answer, sound)).isEmpty();
    assertThat(client.verify(file.getInode(), PAYLOAD)).isEqualTo(SIZE);
    assertThat(
            client
                .chunks
                .listChunks(
                    io.mooseng.bench.proto.ListChunksRequest.newBuilder().setLimit(10).build())
                .getChunksList())
        .extracting(chunk -> chunk.getChunkId())
        .containsExactly(sound);
  }

  private static String error(XRegionDataResponse answer, long chunkId) {
    return answer.getResultsList().stream()
        .filter(result -> result.getChunkId() == chunkId)
        .findFirst()
        .orElseThrow()
        .getError();
  }

  @Test
  void whatWasNotAnnouncedEndsTheTransfer() {
    assertThatThrownBy(() -> send(header(), frame(1, 0, SIZE)))
        .hasCauseInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("chunk 1 was not announced in the header");
  }

  @Test
  void aServerThatStandsAloneKnowsNoOtherRegion() {
    assertThatThrownBy(
            () ->
                client
                    .chunks
                    .initiateXRegionReplication(
                        XRegionReplicationRequest.newBuilder().setTargetRegion("far").build())
                    .next())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("region 'far' is not accepted");
  }
}
