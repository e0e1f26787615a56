package io.mooseng.bench.core.target.grpc;

import static io.mooseng.bench.core.target.grpc.ScriptedServer.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChainReplicationStatus;
import io.mooseng.bench.proto.DeleteFileResponse;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GrpcDriverTest {

  private static final FrameSink IGNORE = frame -> frame.position(frame.limit());
  private static final FileRef FILE = new Inode(ScriptedServer.INODE);

  private final OperationTrace trace = new OperationTrace();
  private ScriptedServer server;
  private GrpcDriver driver;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    driver = GrpcDriver.open(server.address(), GrpcOptions.defaults());
    server.calls.clear();
  }

  @AfterEach
  void stop() {
    driver.close();
    server.close();
  }

  private static OperationException failureOf(FailureKind kind, ThrowingCallable operation) {
    OperationException failure = catchThrowableOfType(OperationException.class, operation);
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    return failure;
  }

  @Test
  void aReadIsTwoCallsAndItsStagesHaveNoGap() throws Exception {
    server.readAnswer =
        observer -> {
          observer.onNext(frame(0, 4));
          observer.onNext(frame(4, 6));
          observer.onCompleted();
        };
    AtomicLong received = new AtomicLong();
    long start = System.nanoTime();
    driver.read(FILE, frame -> received.addAndGet(frame.remaining()), trace);
    long elapsed = System.nanoTime() - start;
    assertThat(received).hasValue(10);
    assertThat(server.calls).containsExactly("GetFileInfo 77", "ReadChunk 9");
    assertThat(trace.roundTrips()).isEqualTo(2);
    assertThat(trace.nanos(Stage.MASTER_RPC)).isPositive();
    assertThat(trace.nanos(Stage.FIRST_BYTE)).isPositive();
    assertThat(trace.nanos(Stage.TRANSFER)).isPositive();
    assertThat(trace.nanos(Stage.CLOSE)).isPositive();
    assertThat(trace.nanos(Stage.CONNECT)).as("what was connected before").isZero();
    assertThat(trace.stepNanos()).isLessThanOrEqualTo(elapsed);
  }

  @Test
  void aWriteIsThreeCallsAndKeepsTheBytesInOrder() throws Exception {
    Payload payload = Payload.of(1, 2, new ByteSize(3_000_001));
    assertThat(driver.write(driver.root(), "f", payload, trace)).isEqualTo(FILE);
    assertThat(server.calls).containsExactly("CreateFile 77", "AllocateChunk 0", "WriteChunk");
    assertThat(trace.roundTrips()).isEqualTo(3);
    ByteString written = server.written.stream().reduce(ByteString.EMPTY, ByteString::concat);
    for (int at = 0; at < payload.size(); ) {
      ByteBuffer expected = payload.slice(at, Payload.BLOCK_BYTES);
      int end = at + expected.remaining();
      assertThat(written.substring(at, end).asReadOnlyByteBuffer()).isEqualTo(expected);
      at = end;
    }
    assertThat(written.size()).isEqualTo(3_000_001);
  }

  @Test
  void anOverwriteIsTwoCallsAndSaysWhereItBegins() throws Exception {
    server.chunkSize = 1_000_000;
    driver.overwrite(FILE, 700_000, Payload.of(1, 2, new ByteSize(100_000)), trace);
    assertThat(server.calls).containsExactly("AllocateChunk 0", "WriteChunk");
    assertThat(trace.roundTrips()).isEqualTo(2);
    assertThat(server.frames)
        .as("frames end where multiples of their size do")
        .containsExactly("700000 + 86432 of 1000000", "786432 + 13568 of 1000000");
  }

  @Test
  void anOverwriteThatWouldExtendTheFileIsNotWritten() {
    Payload payload = Payload.of(1, 2, new ByteSize(4));
    assertThat(failureOf(FailureKind.INVALID, () -> driver.overwrite(FILE, 7, payload, trace)))
        .hasMessageEndingWith("4 bytes from 7 are not within inode 5, whose chunk 0 has 10 bytes");
    assertThat(server.calls).containsExactly("AllocateChunk 0");
    failureOf(FailureKind.INVALID, () -> driver.overwrite(FILE, -1, payload, trace));
  }

  @Test
  void anAppendAsksForTheSizeFirst() throws Exception {
    driver.append(FILE, Payload.of(1, 2, new ByteSize(5)), trace);
    assertThat(server.calls).containsExactly("GetFileInfo 77", "AllocateChunk 0", "WriteChunk");
    assertThat(trace.roundTrips()).isEqualTo(3);
    assertThat(server.frames).containsExactly("10 + 5 of 15");
    server.fileSize = 9;
    assertThat(
            failureOf(
                FailureKind.INVALID,
                () -> driver.append(FILE, Payload.of(1, 2, new ByteSize(5)), trace)))
        .hasMessageEndingWith("inode 5 changed while it was appended to");
  }

  @Test
  void theServersChecksumOfAChunkWrittenInPartIsNotOurs() throws Exception {
    server.writeAnswer =
        WriteChunkResponse.newBuilder()
            .setSuccess(true)
            .setFinalChecksum(ByteString.copyFrom(new byte[4]))
            .build();
    driver.append(FILE, Payload.of(1, 2, new ByteSize(5)), trace);
    driver.overwrite(FILE, 0, Payload.of(1, 2, new ByteSize(10)), trace);
  }

  @Test
  void aPathIsOpenedAndClosed() throws Exception {
    assertThat(driver.statPath("a/b", trace)).isEqualTo(new FileInfo(10, false));
    assertThat(server.calls).containsExactly("OpenFile /a/b", "CloseFile 5 77");
    assertThat(trace.roundTrips()).isEqualTo(2);
    server.calls.clear();
    server.located = false;
    failureOf(FailureKind.NOT_FOUND, () -> driver.statPath("a/b", trace));
    assertThat(server.calls).containsExactly("OpenFile /a/b");
  }

  @Test
  void aStatWithoutWaitingIsOneCall() throws Exception {
    CompletableFuture<FileInfo> stat = driver.statAsync(FILE, trace);
    driver.await(stat::isDone);
    assertThat(stat.join()).isEqualTo(new FileInfo(10, false));
    assertThat(server.calls).containsExactly("GetFileInfo 77");
    assertThat(trace.roundTrips()).isEqualTo(1);
  }

  @Test
  void aChunkThatWasNeverWrittenHoldsNothing() throws Exception {
    server.located = false;
    server.chunkSize = 0;
    server.fileSize = 0;
    driver.read(FILE, IGNORE, trace);
    assertThat(server.calls).containsExactly("GetFileInfo 77");
  }

  @Test
  void anEmptyFileHasNoChunk() throws Exception {
    driver.write(driver.root(), "f", Payload.of(1, 2, new ByteSize(0)), trace);
    assertThat(server.calls).containsExactly("CreateFile 77");
  }

  @Test
  void aStreamThatEndsEarlyIsCorrupt() {
    server.readAnswer =
        observer -> {
          observer.onNext(frame(0, 4));
          observer.onCompleted();
        };
    assertThat(failureOf(FailureKind.CORRUPT, () -> driver.read(FILE, IGNORE, trace)))
        .hasMessageContaining("ReadChunk at 127.0.0.1:")
        .hasMessageEndingWith("chunk 9: the stream ended after 4 of 10 bytes");
  }

  @Test
  void aGapAndAnExcessAreCorrupt() {
    server.readAnswer = observer -> observer.onNext(frame(1, 4));
    failureOf(FailureKind.CORRUPT, () -> driver.read(FILE, IGNORE, trace));
    server.readAnswer = observer -> observer.onNext(frame(0, 11));
    failureOf(FailureKind.CORRUPT, () -> driver.read(FILE, IGNORE, trace));
  }

  @Test
  void aSizeThatTheChunksDoNotHaveIsCorrupt() {
    server.fileSize = 11;
    server.readAnswer =
        observer -> {
          observer.onNext(frame(0, 10));
          observer.onCompleted();
        };
    assertThat(failureOf(FailureKind.CORRUPT, () -> driver.read(FILE, IGNORE, trace)))
        .hasMessageContaining("chunks of 10 bytes and a size of 11");
  }

  @Test
  void lostDataIsCorruptAndTheMessageSaysWhere() {
    server.readAnswer =
        observer ->
            observer.onError(Status.DATA_LOSS.withDescription("block 3\nis bad").asException());
    assertThat(failureOf(FailureKind.CORRUPT, () -> driver.read(FILE, IGNORE, trace)))
        .hasMessageStartingWith("ReadChunk at 127.0.0.1:")
        .hasMessageEndingWith(": DATA_LOSS block 3; is bad");
  }

  @Test
  void aChunkThatNobodyHoldsIsUnavailable() {
    server.located = false;
    failureOf(FailureKind.UNAVAILABLE, () -> driver.read(FILE, IGNORE, trace));
    Payload payload = Payload.of(1, 2, new ByteSize(10));
    failureOf(FailureKind.UNAVAILABLE, () -> driver.write(driver.root(), "f", payload, trace));
  }

  @Test
  void aSinkThatThrowsFailsItsReadOnly() throws Exception {
    server.readAnswer =
        observer -> {
          observer.onNext(frame(0, 10));
          observer.onCompleted();
        };
    FrameSink broken =
        frame -> {
          throw new IllegalStateException("no room");
        };
    assertThat(failureOf(FailureKind.INTERNAL, () -> driver.read(FILE, broken, trace)))
        .hasMessageContaining("no room");
    driver.read(FILE, IGNORE, trace);
  }

  @Test
  void aWriteThatIsNotAcknowledgedFails() {
    Payload payload = Payload.of(1, 2, new ByteSize(10));
    server.writeAnswer =
        WriteChunkResponse.newBuilder()
            .addChainStatus(
                ChainReplicationStatus.newBuilder().setServer("s2").setError("disk full"))
            .build();
    assertThat(
            failureOf(FailureKind.INTERNAL, () -> driver.write(driver.root(), "f", payload, trace)))
        .hasMessageEndingWith("chunk 9: not acknowledged; s2: disk full");
    server.writeAnswer =
        WriteChunkResponse.newBuilder()
            .setSuccess(true)
            .setFinalChecksum(ByteString.copyFrom(new byte[4]))
            .build();
    failureOf(FailureKind.CORRUPT, () -> driver.write(driver.root(), "f", payload, trace));
  }

  @Test
  void everyStatusHasItsKind() {
    assertKind(Status.CANCELLED, FailureKind.CANCELLED);
    assertKind(Status.UNKNOWN, FailureKind.UNKNOWN);
    assertKind(Status.INVALID_ARGUMENT, FailureKind.INVALID);
    assertKind(Status.DEADLINE_EXCEEDED, FailureKind.TIMEOUT);
    assertKind(Status.NOT_FOUND, FailureKind.NOT_FOUND);
    assertKind(Status.ALREADY_EXISTS, FailureKind.ALREADY_EXISTS);
    assertKind(Status.PERMISSION_DENIED, FailureKind.PERMISSION_DENIED);
    assertKind(Status.RESOURCE_EXHAUSTED, FailureKind.RESOURCE_EXHAUSTED);
    assertKind(Status.FAILED_PRECONDITION, FailureKind.FAILED_PRECONDITION);
    assertKind(Status.ABORTED, FailureKind.ABORTED);
    assertKind(Status.OUT_OF_RANGE, FailureKind.OUT_OF_RANGE);
    assertKind(Status.UNIMPLEMENTED, FailureKind.UNIMPLEMENTED);
    assertKind(Status.INTERNAL, FailureKind.INTERNAL);
    assertKind(Status.UNAVAILABLE, FailureKind.UNAVAILABLE);
    assertKind(Status.DATA_LOSS, FailureKind.CORRUPT);
    assertKind(Status.UNAUTHENTICATED, FailureKind.UNAUTHENTICATED);
    server.deleteAnswer =
        observer -> {
          observer.onNext(DeleteFileResponse.getDefaultInstance());
          observer.onCompleted();
        };
    failureOf(FailureKind.INTERNAL, () -> driver.delete(FILE, trace));
    failureOf(FailureKind.UNIMPLEMENTED, () -> driver.deleteTree(FILE, trace));
  }

  private void assertKind(Status status, FailureKind kind) {
    server.deleteAnswer = observer -> observer.onError(status.asException());
    failureOf(kind, () -> driver.delete(FILE, trace));
  }

  @Test
  void aCallThatIsNeverAnsweredTimesOut() throws Exception {
    GrpcOptions impatient =
        GrpcOptions.defaults()
            .withConnections(ConnectionSettings.defaults().withDeadline(Duration.ofMillis(50)));
    try (GrpcDriver other = GrpcDriver.open(server.address(), impatient)) {
      failureOf(FailureKind.TIMEOUT, () -> other.delete(FILE, trace));
    }
  }

  @Test
  void anInterruptEndsTheOperationAndStaysSet() {
    server.deleteAnswer = observer -> {};
    Thread.currentThread().interrupt();
    try {
      failureOf(FailureKind.INTERNAL, () -> driver.delete(FILE, trace));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** A server process that is killed is UNAVAILABLE: see the test with a real one. */
  @Test
  void aServerThatShutsDownInTheMiddleCancels() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    server.readAnswer = observer -> observer.onNext(frame(0, 4));
    FrameSink sink = frame -> begun.countDown();
    CompletableFuture<Void> read = driver.readAsync(FILE, sink, trace);
    begun.await();
    server.stop();
    driver.await(read::isDone);
    failureOf(FailureKind.CANCELLED, () -> unwrap(read));
  }

  private static void unwrap(CompletableFuture<Void> future) throws Throwable {
    assertThat(future).isCompletedExceptionally();
    throw future.handle((value, failure) -> failure).get();
  }

  @Test
  void waitingIsWokenByCompletions() throws Exception {
    server.readAnswer =
        observer -> {
          observer.onNext(frame(0, 10));
          observer.onCompleted();
        };
    AtomicLong done = new AtomicLong();
    for (int i = 0; i < 200; i++) {
      driver.readAsync(FILE, IGNORE, new OperationTrace()).thenRun(done::incrementAndGet);
    }
    driver.await(() -> done.get() == 200);
    assertThat(done).hasValue(200);
  }

  @Test
  void theSessionIsRenewedBeforeItEnds() throws Exception {
    server.sessions.seconds = 2;
    try (GrpcDriver other = GrpcDriver.open(server.address(), GrpcOptions.defaults())) {
      assertThat(other.identity().address()).isEqualTo(server.address().substring(10));
      assertThat(server.calls.poll(20, TimeUnit.SECONDS)).isEqualTo("CreateSession");
      assertThat(server.calls.poll(20, TimeUnit.SECONDS)).isEqualTo("RenewSession 77 2");
    }
    assertThat(server.calls).contains("CloseSession 77");
  }

  @Test
  void closingEndsTheThread() throws Exception {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("mooseng-client"))
            .toList();
    assertThat(threads).isNotEmpty();
    driver.close();
    for (Thread thread : threads) {
      thread.join(); // ends after what it still had to do; the timeout of the class is the judge
    }
  }
}
