package io.mooseng.bench.network;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.ProbeEvent;
import io.mooseng.bench.proto.ProbeHold;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that says when the server has it, and then lasts until one side ends it. */
final class HeldCall extends ClientCall.Listener<ProbeEvent> {

  private final RpcAccess rpcs;
  private final MethodDescriptor<ProbeHold, ProbeEvent> method;
  private final ClientCall<ProbeHold, ProbeEvent> call;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();

  private HeldCall(
      RpcAccess rpcs, MethodDescriptor<ProbeHold, ProbeEvent> method, CallOptions options) {
    this.rpcs = rpcs;
    this.method = method;
    this.call = rpcs.channel().newCall(method, options);
  }

  /**
   * Starts one.
   *
   * @param number tells the server which calls belong together
   */
  static HeldCall start(
      RpcAccess rpcs,
      MethodDescriptor<ProbeHold, ProbeEvent> method,
      CallOptions options,
      long number) {
    HeldCall held = new HeldCall(rpcs, method, options);
    held.call.start(held, new Metadata());
    held.call.request(2);
    held.call.sendMessage(ProbeHold.newBuilder().setId(number).build());
    held.call.halfClose();
    return held;
  }

  @Override
  public void onMessage(ProbeEvent event) {
    begun.complete(null);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (!begun.isDone()) {
      Status why = status.isOk() ? Status.INTERNAL.withDescription("ended at once") : status;
      begun.completeExceptionally(failure(why));
    }
    ended.complete(status);
  }

  /**
   * Waits until the server has the call.
   *
   * @throws OperationException of the kind of its status if it ended instead
   */
  void awaitBegin() throws OperationException {
    await(begun);
  }

  /** Waits for its end, and says how that was. */
  Status awaitEnd() throws OperationException {
    return await(ended);
  }

  private <T> T await(CompletableFuture<T> event) throws OperationException {
    String rpc = method.getBareMethodName();
    try {
      return event.get(rpcs.deadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw (OperationException) e.getCause();
    } catch (TimeoutException e) {
      throw OperationException.light(FailureKind.TIMEOUT, rpc + ": no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationException.light(FailureKind.INTERNAL, rpc + ": interrupted");
    }
  }

  /** Gives the call up. */
  void cancel() {
    call.cancel("given up by the benchmark", null);
  }

  OperationException failure(Status status) {
    return rpcs.failure(method.getBareMethodName(), status);
  }
}
