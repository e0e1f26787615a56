package io.mooseng.bench.core.server.service;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.mooseng.bench.core.wire.ClockDomain;
import io.mooseng.bench.core.wire.ServerTiming;
import java.util.Optional;

/**
 * Tells clients that ask for it when a call was received and when it was finished. A call of a
 * client that does not ask costs one look at its headers more.
 */
public final class CallTiming extends ServerStreamTracer.Factory implements ServerInterceptor {

  private static final Context.Key<Long> RECEIVED = Context.key("received");
  private static final ServerStreamTracer NOT_ASKED = new ServerStreamTracer() {};

  private final Optional<String> domain = ClockDomain.own();

  /** Called when the headers have arrived, before the call waits for a thread. */
  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    boolean asked = domain.isPresent() && headers.containsKey(ServerTiming.WANTED);
    return asked ? new Received() : NOT_ASKED;
  }

  private static final class Received extends ServerStreamTracer {

    private final Long nanos = System.nanoTime();

    @Override
    public Context filterContext(Context context) {
      return context.withValue(RECEIVED, nanos);
    }
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Long received = RECEIVED.get();
    return next.startCall(received == null ? call : new Timed<>(call, received), headers);
  }

  private final class Timed<Q, R> extends SimpleForwardingServerCall<Q, R> {

    private final long received;

    Timed(ServerCall<Q, R> call, long received) {
      super(call);
      this.received = received;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      trailers.put(
          ServerTiming.ANSWER, new ServerTiming(received, System.nanoTime(), domain.orElseThrow()));
      super.close(status, trailers);
    }
  }
}
