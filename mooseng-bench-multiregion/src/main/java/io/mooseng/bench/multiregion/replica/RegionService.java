package io.mooseng.bench.multiregion.replica;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.LeadershipTransfer;
import io.mooseng.bench.proto.NameCreation;
import io.mooseng.bench.proto.RegionServiceGrpc;
import io.mooseng.bench.proto.RegionStatusAnswer;
import io.mooseng.bench.proto.RegionStatusRequest;
import io.mooseng.bench.proto.RegisterAnswer;
import io.mooseng.bench.proto.RegisterRead;
import io.mooseng.bench.proto.RegisterWrite;
import io.mooseng.bench.proto.SetExtendedAttributesRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;

/** Registers, each an attribute of a file, and what a region knows of its part in the cluster. */
final class RegionService extends RegionServiceGrpc.RegionServiceImplBase {

  private static final String ATTRIBUTE = "user.bench.register";

  private final RatisNamespace namespace;

  RegionService(RatisNamespace namespace) {
    this.namespace = namespace;
  }

  @Override
  public void writeRegister(RegisterWrite request, StreamObserver<RegisterAnswer> observer) {
    SetExtendedAttributesRequest change =
        SetExtendedAttributesRequest.newBuilder()
            .setPath(request.getPath())
            .putXattrs(ATTRIBUTE, encoded(request.getValue()))
            .build();
    Answers.send(
        observer,
        namespace
            .order(Command.now(change))
            .thenApply(done -> RegisterAnswer.newBuilder().setPlace(done.place()).build()));
  }

  @Override
  public void createName(NameCreation request, StreamObserver<RegisterAnswer> observer) {
    try {
      long parent = namespace.replica().byPath(request.getDirectory()).metadata().getInode();
      CreateFileRequest change =
          CreateFileRequest.newBuilder().setParent(parent).setName(request.getName()).build();
      Answers.send(
          observer,
          namespace
              .order(Command.now(change))
              .thenApply(done -> RegisterAnswer.newBuilder().setPlace(done.place()).build()));
    } catch (NamespaceException e) {
      Answers.send(observer, CompletableFuture.<RegisterAnswer>failedFuture(e));
    }
  }

  @Override
  public void readRegister(RegisterRead request, StreamObserver<RegisterAnswer> observer) {
    try {
      Answers.send(observer, read(request));
    } catch (IOException | RuntimeException e) {
      Answers.send(observer, CompletableFuture.<RegisterAnswer>failedFuture(e));
    }
  }

  private CompletableFuture<RegisterAnswer> read(RegisterRead request) throws IOException {
    return switch (request.getModel()) {
      case READ_MODEL_LINEARIZABLE -> linearizable(request);
      case READ_MODEL_LEADER -> {
        if (!namespace.division().getInfo().isLeader()) {
          throw new NamespaceException(
              Status.Code.FAILED_PRECONDITION, namespace.self() + " is not the leader");
        }
        yield CompletableFuture.completedFuture(here(request));
      }
      case READ_MODEL_REPLICA -> replica(request);
      case READ_MODEL_BOUNDED ->
          heardWithin(request.getBoundMillis())
              ? CompletableFuture.completedFuture(here(request))
              : linearizable(request);
      default ->
          throw new NamespaceException(
              Status.Code.INVALID_ARGUMENT,
              "read model " + request.getModelValue() + " is not accepted; accepted: 1 to 4");
    };
  }

  /**
   * A follower learns that an entry is committed with the next message of the leader, which without
   * writes is the next heartbeat. So if it lags behind what is asked for, it asks the leader, and
   * answers as soon as it has caught up, by whichever way.
   */
  private CompletableFuture<RegisterAnswer> replica(RegisterRead request) {
    CompletableFuture<Void> reached =
        namespace.applied().reached(Place.index(request.getLeastPlace()));
    if (reached.isDone()) {
      return CompletableFuture.completedFuture(here(request));
    }
    CompletableFuture<Void> asked =
        namespace
            .view()
            .handle(
                (view, failure) ->
                    failure == null ? CompletableFuture.<Void>completedFuture(null) : reached)
            .thenCompose(Function.identity());
    return reached.applyToEither(asked, caughtUp -> here(request));
  }

  private CompletableFuture<RegisterAnswer> linearizable(RegisterRead request) {
    return namespace.view().thenApply(view -> answer(view, request).setHere(false).build());
  }

  private RegisterAnswer here(RegisterRead request) {
    return answer(namespace.replica(), request).setHere(true).build();
  }

  /** The place is taken after the value: whoever asks for as much later sees nothing older. */
  private RegisterAnswer.Builder answer(NamespaceView view, RegisterRead request) {
    ByteString value =
        view.byPath(request.getPath()).metadata().getXattrsOrDefault(ATTRIBUTE, ByteString.EMPTY);
    RegisterAnswer.Builder answer =
        RegisterAnswer.newBuilder()
            .setPlace(Place.endOf(Math.max(0, namespace.applied().visible())));
    if (!value.isEmpty()) {
      answer.setValue(ByteBuffer.wrap(value.toByteArray()).getLong());
    }
    return answer;
  }

  private static ByteString encoded(long value) {
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
  }

  /** Heard from the leader in time, and applied all that was known to be committed then. */
  private boolean heardWithin(long boundMillis) throws IOException {
    Optional<Long> silence = namespace.silenceMillis();
    RaftServer.Division division = namespace.division();
    return silence.isPresent()
        && silence.get() <= boundMillis
        && namespace.applied().get() >= division.getRaftLog().getLastCommittedIndex();
  }

  @Override
  public void status(RegionStatusRequest request, StreamObserver<RegionStatusAnswer> observer) {
    Answers.send(observer, status());
  }

  private CompletableFuture<RegionStatusAnswer> status() {
    try {
      RaftServer.Division division = namespace.division();
      DivisionInfo info = division.getInfo();
      RaftPeerId leader = info.getLeaderId();
      return CompletableFuture.completedFuture(
          RegionStatusAnswer.newBuilder()
              .setRegion(namespace.self())
              .setRole(info.getCurrentRole().name())
              .setLeader(leader == null ? "" : leader.toString())
              .setTerm(info.getCurrentTerm())
              .setAppliedIndex(Math.max(0, namespace.applied().get()))
              .setCommittedIndex(Math.max(0, division.getRaftLog().getLastCommittedIndex()))
              .setReady(info.isLeaderReady())
              .setWallClockMicros(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
              .build());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void transferLeadership(
      LeadershipTransfer request, StreamObserver<RegionStatusAnswer> observer) {
    Answers.send(
        observer,
        CompletableFuture.supplyAsync(
                () -> {
                  try {
                    namespace.transfer(request.getRegion(), request.getTimeoutMillis());
                    return null;
                  } catch (IOException e) {
                    throw new CompletionException(e);
                  }
                })
            .thenCompose(moved -> status()));
  }
}
