package io.mooseng.bench.network;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.ConnectionSetting;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeAnswer;
import io.mooseng.bench.proto.ProbeRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a deadline cost that is met, how late does a caller learn of one that is not, and how
 * long does a server take to notice that a call was given up?
 *
 * <p>{@link #callWithoutDeadline} and {@link #callWithDeadline} are the same empty call, without
 * and with a deadline of 30 s. {@link #expire} makes a call that is never answered, and ends when
 * the caller is told that {@code deadline} has passed: of its latency, all above {@code deadline}
 * is lateness ({@code deadline.lateness}). {@link #cancel} gives such a call up, once the server
 * has it, and ends when a second call says that the server has noticed: one round trip and the
 * server's part. Beginning these calls is outside of the recorded latency but inside JMH's own
 * score.
 *
 * <p>The calls are not of MooseNG's protocol: a server that is not of this project answers them
 * with UNIMPLEMENTED, and the row fails. Does not measure whether a server stops its work.
 */
@Measures(value = OperationKind.RPC, opensConnections = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeadlineBenchmark {

  private final AtomicLong number = new AtomicLong();
  private RpcAccess rpcs;

  @Setup(Level.Trial)
  public void prepare(RpcTarget rpc) {
    rpcs = rpc.rpcs();
    // Numbers of this client, which no other one of the server's uses.
    number.set(System.nanoTime());
  }

  @Benchmark
  public Outcome<ProbeAnswer> callWithoutDeadline(RpcTarget rpc) {
    return rpc.target().together(0, trace -> call(rpcs.callOptions().withDeadline(null), trace));
  }

  @Benchmark
  public Outcome<ProbeAnswer> callWithDeadline(RpcTarget rpc) {
    return rpc.target().together(0, trace -> call(rpcs.callOptions(), trace));
  }

  private ProbeAnswer call(CallOptions options, OperationTrace trace) throws OperationException {
    return Rpcs.call(
        rpcs,
        rpcs.channel(),
        NetworkProbeGrpc.getCallMethod(),
        options,
        ProbeRequest.getDefaultInstance(),
        trace);
  }

  @Benchmark
  public Outcome<Long> expire(RpcTarget rpc, Limit limit) {
    return rpc.target().together(0, trace -> expire(limit));
  }

  /** No round trip: the caller's own clock ends it. */
  private Long expire(Limit limit) throws OperationException {
    long start = System.nanoTime();
    CallOptions options = rpcs.callOptions().withDeadlineAfter(limit.nanos, TimeUnit.NANOSECONDS);
    HeldCall call = HeldCall.start(rpcs, NetworkProbeGrpc.getHoldMethod(), options, 0);
    Status status = call.awaitEnd();
    long late = System.nanoTime() - start - limit.nanos;
    if (status.getCode() != Status.Code.DEADLINE_EXCEEDED) {
      throw call.failure(status.isOk() ? Status.INTERNAL.withDescription("answered") : status);
    }
    if (late < 0) {
      throw OperationException.light(
          FailureKind.INTERNAL, "Hold: the deadline passed %d ns too early".formatted(-late));
    }
    limit.latenessNanos.add(late);
    limit.expired.increment();
    return late;
  }

  /** The call to be given up is there before the time is taken, and so is the one that watches. */
  @Benchmark
  public Outcome<Status> cancel(RpcTarget rpc) {
    long watched = number.incrementAndGet();
    HeldCall watch =
        HeldCall.start(rpcs, NetworkProbeGrpc.getWatchMethod(), rpcs.callOptions(), watched);
    try {
      watch.awaitBegin();
      HeldCall hold =
          HeldCall.start(rpcs, NetworkProbeGrpc.getHoldMethod(), rpcs.callOptions(), watched);
      hold.awaitBegin();
      return rpc.target()
          .together(
              0,
              trace -> {
                trace.roundTrip();
                hold.cancel();
                Status end = watch.awaitEnd();
                if (!end.isOk()) {
                  throw watch.failure(end);
                }
                return end;
              });
    } catch (OperationException e) {
      return rpc.target()
          .together(
              0,
              trace -> {
                throw e;
              });
    } finally {
      watch.cancel();
    }
  }

  /** The deadline that passes. */
  @State(Scope.Benchmark)
  public static class Limit {

    /** From the start of the call. */
    @Param({"10ms", "100ms"})
    public String deadline;

    private final LongAdder latenessNanos = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private long nanos;

    @Setup(Level.Trial)
    public void parse() {
      nanos =
          ConnectionSettings.defaults()
              .with(ConnectionSetting.DEADLINE, deadline)
              .deadline()
              .toNanos();
    }

    @TearDown(Level.Iteration)
    public void note(RpcTarget rpc) {
      long late = latenessNanos.sumThenReset();
      long count = expired.sumThenReset();
      if (count > 0) {
        rpc.session().note(Quantity.DEADLINE_LATENESS, late / (double) count);
      }
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(DeadlineBenchmark.class, args);
  }
}
