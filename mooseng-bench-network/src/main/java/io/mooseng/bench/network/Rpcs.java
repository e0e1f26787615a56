package io.mooseng.bench.network;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.grpc.GrpcDriver;
import io.mooseng.bench.core.target.grpc.RpcAccess;

/** Calls that are no operations of a file system. */
final class Rpcs {

  private Rpcs() {}

  /**
   * How the target of a trial is called. Ends the trial, of kind UNIMPLEMENTED, if it has no gRPC.
   */
  static RpcAccess of(TargetSession session) {
    if (session.target().driver() instanceof GrpcDriver driver) {
      return driver.rpcs();
    }
    throw session.failed(
        FailureKind.UNIMPLEMENTED,
        session.target().driver().identity().implementation() + " is not reached by gRPC");
  }

  /**
   * Makes one call and waits for its answer.
   *
   * @throws OperationException of the kind of the status it ended with
   */
  static <Q, R> R call(
      RpcAccess rpcs,
      Channel channel,
      MethodDescriptor<Q, R> method,
      CallOptions options,
      Q request,
      OperationTrace trace)
      throws OperationException {
    trace.roundTrip();
    try {
      return ClientCalls.blockingUnaryCall(channel, method, options, request);
    } catch (StatusRuntimeException e) {
      throw rpcs.failure(method.getBareMethodName(), e.getStatus());
    }
  }
}
