package io.mooseng.bench.core.server.service;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.mooseng.bench.core.server.chunk.ChunkReader;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.core.wire.DataFrame;
import io.mooseng.bench.proto.ReadChunkRequest;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One ReadChunk: sends frames as fast as the client takes them. All methods run in the call's
 * serial order, on threads that may block.
 */
final class ChunkReadCall {

  /**
   * Large enough that the cost per message does not show, small enough that a few of them fit the
   * default flow-control window of HTTP/2 clients.
   */
  static final int FRAME_BYTES = 512 << 10;

  private final ServerCallStreamObserver<DataFrame> observer;
  private final ChunkReader reader;
  private final long start;
  private final long end;
  private long offset;
  private boolean finished;

  private ChunkReadCall(
      ServerCallStreamObserver<DataFrame> observer, ChunkReader reader, long start, long end) {
    this.observer = observer;
    this.reader = reader;
    this.start = start;
    this.end = end;
    this.offset = start;
  }

  /** Begins to answer; takes the reader over, which is closed when the call ends. */
  static void start(
      ReadChunkRequest request, ChunkReader reader, ServerCallStreamObserver<DataFrame> observer)
      throws IOException {
    long size = reader.chunk().size();
    long start = request.getOffset();
    if (start < 0 || start > size) {
      reader.close();
      throw Status.OUT_OF_RANGE
          .withDescription(
              "offset "
                  + Long.toUnsignedString(start)
                  + " is beyond the chunk's "
                  + size
                  + " bytes")
          .asRuntimeException();
    }
    long length = request.getLength();
    long end = length <= 0 || length > size - start ? size : start + length;
    ChunkReadCall call = new ChunkReadCall(observer, reader, start, end);
    observer.setOnReadyThreshold(2 * FRAME_BYTES);
    observer.setOnCancelHandler(call::close);
    observer.setOnReadyHandler(call::send);
  }

  private void send() {
    try {
      while (!finished && observer.isReady()) {
        sendFrame();
      }
    } catch (IOException | RuntimeException e) {
      close();
      observer.onError(Statuses.of(e));
    }
  }

  private void sendFrame() throws IOException {
    // Frames after the first begin at a multiple of their size, and so at a block of the store.
    int wanted = (int) Math.min(FRAME_BYTES - offset % FRAME_BYTES, end - offset);
    offset += reader.read(offset, wanted, this::answer);
    if (offset == end) {
      close();
      observer.onCompleted();
    }
  }

  /** gRPC takes the bytes before {@code onNext} returns. */
  private void answer(ByteBuffer data) {
    boolean last = offset + data.remaining() == end;
    boolean whole = last && start == 0 && end == reader.chunk().size() && !reader.changed();
    ByteString checksum = whole ? Crc32c.encode(reader.chunk().crc32c()) : ByteString.EMPTY;
    observer.onNext(DataFrame.of(data, offset, last, checksum));
  }

  private void close() {
    if (finished) {
      return;
    }
    finished = true;
    try {
      reader.close();
    } catch (IOException e) {
      // Nothing was written through it, and every byte sent was verified.
    }
  }
}
