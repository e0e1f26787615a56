package io.mooseng.bench.core.server.namespace;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.CreateDirectoryRequest;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.DeleteDirectoryRequest;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.RenameFileRequest;
import io.mooseng.bench.proto.ReportChunkStatusRequest;
import io.mooseng.bench.proto.SetExtendedAttributesRequest;
import io.mooseng.bench.proto.SetFileAttributesRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * A change of the namespace, as it is logged: a request of the wire protocol, and the time at which
 * it was received, so that every replica and every replay arrives at the same state.
 *
 * @param time kept in microseconds
 * @param request one of the requests named in {@link Operation}
 */
public record Command(Instant time, Message request) {

  /** What can be logged. The ids stand in journals: never change or reuse one. */
  private enum Operation {
    CREATE_FILE(1, CreateFileRequest.class, CreateFileRequest.parser()),
    CREATE_DIRECTORY(2, CreateDirectoryRequest.class, CreateDirectoryRequest.parser()),
    DELETE_FILE(3, DeleteFileRequest.class, DeleteFileRequest.parser()),
    DELETE_DIRECTORY(4, DeleteDirectoryRequest.class, DeleteDirectoryRequest.parser()),
    RENAME(5, RenameFileRequest.class, RenameFileRequest.parser()),
    SET_ATTRIBUTES(6, SetFileAttributesRequest.class, SetFileAttributesRequest.parser()),
    SET_XATTRS(7, SetExtendedAttributesRequest.class, SetExtendedAttributesRequest.parser()),
    ALLOCATE_CHUNK(8, AllocateChunkRequest.class, AllocateChunkRequest.parser()),
    REPORT_CHUNKS(9, ReportChunkStatusRequest.class, ReportChunkStatusRequest.parser());

    private final byte id;
    private final Class<? extends Message> type;
    private final Parser<? extends Message> parser;

    <M extends Message> Operation(int id, Class<M> type, Parser<M> parser) {
      this.id = (byte) id;
      this.type = type;
      this.parser = parser;
    }
  }

  private static final int HEADER_BYTES = Byte.BYTES + Long.BYTES;
  private static final long MICROS_PER_SECOND = 1_000_000;

  public Command {
    time = time.truncatedTo(ChronoUnit.MICROS);
    operationOf(request);
  }

  /** A command received now. */
  public static Command now(Message request) {
    return new Command(Instant.now(), request);
  }

  /** The form in a log; {@link #parse} reads it back. */
  public byte[] encode() {
    byte[] body = request.toByteArray();
    return ByteBuffer.allocate(HEADER_BYTES + body.length)
        .put(operationOf(request).id)
        .putLong(time.getEpochSecond() * MICROS_PER_SECOND + time.getNano() / 1_000)
        .put(body)
        .array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no command
   */
  public static Command parse(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new IllegalArgumentException("a command of " + bytes.length + " bytes is too short");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte id = buffer.get();
    Instant time = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
    Operation operation =
        Arrays.stream(Operation.values())
            .filter(candidate -> candidate.id == id)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no command has the id " + id));
    try {
      return new Command(time, operation.parser.parseFrom(buffer));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a command: " + e.getMessage(), e);
    }
  }

  private static Operation operationOf(Message request) {
    for (Operation operation : Operation.values()) {
      if (operation.type == request.getClass()) {
        return operation;
      }
    }
    throw new IllegalArgumentException(request.getClass().getSimpleName() + " changes nothing");
  }
}
