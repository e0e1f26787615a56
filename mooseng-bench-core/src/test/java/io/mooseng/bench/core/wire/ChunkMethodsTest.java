package io.mooseng.bench.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.mooseng.bench.proto.ReadChunkResponse;
import io.mooseng.bench.proto.WriteChunkData;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChunkMethodsTest {

  private static final int ROUNDS = 500;

  private static final Marshaller<DataFrame> READ = ChunkMethods.READ_CHUNK.getResponseMarshaller();
  private static final Marshaller<WriteMessage> WRITE =
      ChunkMethods.WRITE_CHUNK.getRequestMarshaller();

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void readsEveryResponseAsProtobufDoes() throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      ReadChunkResponse expected = randomResponse();
      byte[] bytes = withUnknownFields(expected);
      PiecewiseStream lent = PiecewiseStream.of(bytes, random);
      DataFrame frame = READ.parse(lent);
      assertSame(frame, expected);
      assertThat(lent.givenBack()).isFalse();
      frame.close();
      assertThat(lent.givenBack()).isTrue();
      assertSame(READ.parse(new ByteArrayInputStream(bytes)), expected);
    }
  }

  @Test
  void writesEveryResponseByteForByte() throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      ReadChunkResponse expected = randomResponse();
      DataFrame frame =
          DataFrame.of(
              buffer(expected.getData()),
              expected.getOffset(),
              expected.getIsLast(),
              expected.getChunkChecksum());
      assertEncodedAs(READ.stream(frame), expected);
      assertThat(READ.stream(frame).readAllBytes()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void readsEveryWriteRequestAsProtobufDoes() {
    for (int i = 0; i < ROUNDS; i++) {
      WriteChunkRequest expected = randomRequest();
      assertSame(WRITE.parse(PiecewiseStream.of(withUnknownFields(expected), random)), expected);
    }
  }

  @Test
  void writesEveryWriteRequestByteForByte() throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      WriteChunkRequest expected = randomRequest();
      assertEncodedAs(WRITE.stream(message(expected)), expected);
    }
  }

  @Test
  void mergesRepeatedPartsAsProtobufDoes() throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      randomRequest().writeTo(bytes);
      randomRequest().writeTo(bytes);
      WriteChunkRequest expected = WriteChunkRequest.parseFrom(bytes.toByteArray());
      assertSame(WRITE.parse(PiecewiseStream.of(bytes.toByteArray(), random)), expected);
    }
  }

  @Test
  void refusesWhatProtobufRefuses() {
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] whole = randomResponse().toByteArray();
      byte[] cut = Arrays.copyOf(whole, whole.length - Math.min(whole.length, 1 + i % 3));
      if (parses(cut)) {
        assertThat(READ.parse(new ByteArrayInputStream(cut))).isNotNull();
        continue;
      }
      refused++;
      PiecewiseStream lent = PiecewiseStream.of(cut, random);
      assertThatThrownBy(() -> READ.parse(lent))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL));
      assertThat(lent.givenBack()).isTrue();
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aFrameKnowsTheChecksumOfItsPieces() {
    byte[] data = new byte[10_000];
    random.nextBytes(data);
    ReadChunkResponse response =
        ReadChunkResponse.newBuilder().setData(ByteString.copyFrom(data)).build();
    DataFrame frame = READ.parse(PiecewiseStream.of(response.toByteArray(), random));
    assertThat(frame.crc32c()).isEqualTo(Crc32c.of(ByteBuffer.wrap(data)));
  }

  private static boolean parses(byte[] bytes) {
    try {
      ReadChunkResponse.parseFrom(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertEncodedAs(InputStream stream, Message expected) throws IOException {
    assertThat(stream.available()).isEqualTo(expected.getSerializedSize());
    if (stream instanceof Drainable drainable) {
      assertThat(stream).isInstanceOf(KnownLength.class);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      assertThat(drainable.drainTo(bytes)).isEqualTo(expected.getSerializedSize());
      assertThat(bytes.toByteArray()).isEqualTo(expected.toByteArray());
      assertThat(stream.available()).isZero();
    } else {
      assertThat(stream.readAllBytes()).isEqualTo(expected.toByteArray());
    }
  }

  private static void assertSame(DataFrame frame, ReadChunkResponse expected) {
    assertThat(content(frame)).isEqualTo(expected.getData());
    assertThat(frame.length()).isEqualTo(expected.getData().size());
    assertThat(frame.offset()).isEqualTo(expected.getOffset());
    assertThat(frame.last()).isEqualTo(expected.getIsLast());
    assertThat(frame.checksum()).isEqualTo(expected.getChunkChecksum());
  }

  private static void assertSame(WriteMessage message, WriteChunkRequest expected) {
    switch (expected.getRequestCase()) {
      case HEADER -> assertThat(message).isEqualTo(new WriteMessage.Header(expected.getHeader()));
      case DATA -> {
        WriteChunkData data = expected.getData();
        DataFrame frame = ((WriteMessage.Data) message).frame();
        assertThat(content(frame)).isEqualTo(data.getData());
        assertThat(frame.offset()).isEqualTo(data.getOffset());
        assertThat(frame.last()).isEqualTo(data.getIsLast());
        assertThat(frame.checksum()).isEqualTo(data.getChecksum());
      }
      case REQUEST_NOT_SET -> assertThat(message).isEqualTo(new WriteMessage.Unset());
    }
  }

  private static ByteString content(DataFrame frame) {
    ByteString[] content = {ByteString.EMPTY};
    frame.forEachBuffer(piece -> content[0] = content[0].concat(ByteString.copyFrom(piece)));
    return content[0];
  }

  private WriteMessage message(WriteChunkRequest request) {
    return switch (request.getRequestCase()) {
      case HEADER -> new WriteMessage.Header(request.getHeader());
      case DATA -> {
        WriteChunkData data = request.getData();
        yield new WriteMessage.Data(
            DataFrame.of(
                buffer(data.getData()), data.getOffset(), data.getIsLast(), data.getChecksum()));
      }
      case REQUEST_NOT_SET -> new WriteMessage.Unset();
    };
  }

  private ReadChunkResponse randomResponse() {
    return ReadChunkResponse.newBuilder()
        .setData(randomBytes(40_000))
        .setOffset(randomNumber())
        .setIsLast(random.nextBoolean())
        .setChunkChecksum(randomBytes(6))
        .build();
  }

  private WriteChunkRequest randomRequest() {
    WriteChunkRequest.Builder request = WriteChunkRequest.newBuilder();
    switch (random.nextInt(5)) {
      case 0 -> {}
      case 1 -> request.setHeader(randomHeader());
      default ->
          request.setData(
              WriteChunkData.newBuilder()
                  .setData(randomBytes(40_000))
                  .setOffset(randomNumber())
                  .setIsLast(random.nextBoolean())
                  .setChecksum(randomBytes(6)));
    }
    return request.build();
  }

  private WriteChunkHeader randomHeader() {
    WriteChunkHeader.Builder header =
        WriteChunkHeader.newBuilder()
            .setChunkId(randomNumber())
            .setVersion(random.nextInt())
            .setTotalSize(randomNumber());
    for (int i = random.nextInt(3); i > 0; i--) {
      header.addChainServers("10.0.0." + i + ":9422");
    }
    return header.build();
  }

  private long randomNumber() {
    return random.nextInt(4) == 0 ? 0 : random.nextLong() >>> random.nextInt(64);
  }

  private ByteString randomBytes(int most) {
    byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(most)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private ByteBuffer buffer(ByteString bytes) {
    ByteBuffer buffer =
        random.nextBoolean()
            ? ByteBuffer.allocate(bytes.size() + 3)
            : ByteBuffer.allocateDirect(bytes.size() + 3);
    bytes.copyTo(buffer.position(3));
    buffer.flip().position(3);
    return random.nextBoolean() ? buffer : buffer.asReadOnlyBuffer();
  }

  /** The message, followed by fields of every wire type that it does not know. */
  private byte[] withUnknownFields(Message message) {
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(random.nextLong())
            .addFixed32(random.nextInt())
            .addFixed64(random.nextLong())
            .addLengthDelimited(randomBytes(300))
            .addGroup(
                UnknownFieldSet.newBuilder()
                    .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                    .build())
            .build();
    int number = 3 + random.nextInt(2) * 17;
    byte[] unknown =
        UnknownFieldSet.newBuilder()
            .addField(message instanceof ReadChunkResponse ? 20 : number, field)
            .build()
            .toByteArray();
    byte[] known = message.toByteArray();
    byte[] all = Arrays.copyOf(known, known.length + unknown.length);
    System.arraycopy(unknown, 0, all, known.length, unknown.length);
    return all;
  }
}
