package io.mooseng.bench.multiregion.client;

import io.grpc.Status;
import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.proto.NameCreation;
import io.mooseng.bench.proto.ReadModel;
import io.mooseng.bench.proto.RegisterAnswer;
import io.mooseng.bench.proto.RegisterRead;
import io.mooseng.bench.proto.RegisterWrite;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client in a region, with a session: it remembers how new its own writes were, and how new what
 * it has read. It asks its own region, and another one, the nearest first, once that fails; the
 * operation that failed is not repeated. Safe for use by any number of threads, which share the
 * session.
 */
public final class RegionClient implements AutoCloseable {

  private static final long AVOID_NANOS = Duration.ofSeconds(1).toNanos();

  /** How old a read with bounded staleness may be, as far as a region can know. */
  public static final Duration STALENESS_BOUND = Duration.ofSeconds(2);

  private final String region;
  private final List<String> nearestFirst;
  private final RegionChannels channels;
  private final long deadlineNanos;
  private final AtomicLong lastWritten = new AtomicLong();
  private final AtomicLong lastRead = new AtomicLong();
  private volatile String asked;
  private volatile long homeAgainNanos;

  /**
   * A client that has not connected yet.
   *
   * @param deadline of every call; one that takes longer has an unknown outcome
   */
  public RegionClient(
      ClusterDescription cluster, RttMatrix matrix, String region, Duration deadline) {
    this.region = region;
    this.deadlineNanos = deadline.toNanos();
    this.channels = new RegionChannels(cluster, region);
    this.nearestFirst =
        cluster.names().stream()
            .sorted(Comparator.comparingLong(other -> matrix.rttNanos(region, other)))
            .toList();
    this.asked = region;
  }

  /** Where the client stands. */
  public String region() {
    return region;
  }

  /** Connects to a region ahead of time, so that the first call need not. */
  public void connect(String to) {
    channels.channel(to).getState(true);
  }

  /** Sets a register; answers the place of the write in the log. */
  public CompletableFuture<Long> write(String path, long value) {
    String target = target();
    return watched(
            target,
            Futures.of(
                channels
                    .stub(target, deadlineNanos)
                    .writeRegister(
                        RegisterWrite.newBuilder().setPath(path).setValue(value).build())))
        .thenApply(
            answer -> {
              lastWritten.accumulateAndGet(answer.getPlace(), Math::max);
              return answer.getPlace();
            });
  }

  /** Makes an empty file; answers the place of that in the log. */
  public CompletableFuture<Long> create(String directory, String name) {
    String target = target();
    return watched(
            target,
            Futures.of(
                channels
                    .stub(target, deadlineNanos)
                    .createName(
                        NameCreation.newBuilder().setDirectory(directory).setName(name).build())))
        .thenApply(RegisterAnswer::getPlace);
  }

  /**
   * Reads a register.
   *
   * @param leader for {@link ConsistencyModel#LEADER_LOCAL}: who is asked
   */
  public CompletableFuture<Reading> read(String path, ConsistencyModel model, String leader) {
    RegisterRead.Builder request = RegisterRead.newBuilder().setPath(path);
    String target = model == ConsistencyModel.LEADER_LOCAL ? leader : target();
    switch (model) {
      case LINEARIZABLE -> request.setModel(ReadModel.READ_MODEL_LINEARIZABLE);
      case LEADER_LOCAL -> request.setModel(ReadModel.READ_MODEL_LEADER);
      case FOLLOWER_STALE -> request.setModel(ReadModel.READ_MODEL_REPLICA);
      case BOUNDED_STALENESS ->
          request
              .setModel(ReadModel.READ_MODEL_BOUNDED)
              .setBoundMillis((int) STALENESS_BOUND.toMillis());
      case READ_YOUR_WRITES ->
          request.setModel(ReadModel.READ_MODEL_REPLICA).setLeastPlace(lastWritten.get());
      case MONOTONIC ->
          request.setModel(ReadModel.READ_MODEL_REPLICA).setLeastPlace(lastRead.get());
    }
    return watched(
            target, Futures.of(channels.stub(target, deadlineNanos).readRegister(request.build())))
        .thenApply(this::reading);
  }

  private Reading reading(RegisterAnswer answer) {
    lastRead.accumulateAndGet(answer.getPlace(), Math::max);
    return new Reading(
        answer.hasValue() ? OptionalLong.of(answer.getValue()) : OptionalLong.empty(),
        answer.getPlace(),
        answer.getHere());
  }

  /** Whom the next call goes to: home, unless that has failed lately. */
  private String target() {
    if (!asked.equals(region) && System.nanoTime() - homeAgainNanos >= 0) {
      channels.reconnect(region);
      asked = region;
    }
    return asked;
  }

  private <T> CompletableFuture<T> watched(String target, CompletableFuture<T> call) {
    return call.whenComplete(
        (answer, failure) -> {
          if (failure != null && target.equals(asked) && unreachable(failure)) {
            int next = (nearestFirst.indexOf(target) + 1) % nearestFirst.size();
            homeAgainNanos = System.nanoTime() + AVOID_NANOS;
            asked = nearestFirst.get(next);
          }
        });
  }

  /** A refusal is an answer: whoever gives it can be asked again. */
  private static boolean unreachable(Throwable failure) {
    Status.Code code = Status.fromThrowable(failure).getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  @Override
  public void close() {
    channels.close();
  }
}
