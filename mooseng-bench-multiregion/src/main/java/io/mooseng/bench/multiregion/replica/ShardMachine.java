package io.mooseng.bench.multiregion.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.mooseng.bench.proto.ShardCommand;
import io.mooseng.bench.proto.ShardReply;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** A {@link ShardState} on Ratis. Has no snapshots: its whole log is replayed. */
final class ShardMachine extends BaseStateMachine {

  private final ShardState state = new ShardState();

  ShardState state() {
    return state;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    CompletableFuture<Message> answer;
    try {
      ShardCommand command =
          ShardCommand.parseFrom(entry.getStateMachineLogEntry().getLogData().toByteArray());
      byte[] reply = ShardReply.newBuilder().setYes(state.apply(command)).build().toByteArray();
      answer =
          CompletableFuture.completedFuture(
              Message.valueOf(UnsafeByteOperations.unsafeWrap(reply)));
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    return answer;
  }

  @Override
  public CompletableFuture<Message> query(Message request) {
    return CompletableFuture.completedFuture(Message.EMPTY);
  }
}
