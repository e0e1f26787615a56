package io.mooseng.bench.multiregion.replica;

import io.mooseng.bench.core.server.namespace.NamespaceException;
import io.mooseng.bench.core.server.namespace.NamespaceTree;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;

/**
 * The namespace of core as a state machine of Ratis: commands are applied in the order of the log,
 * one at a time, in every region alike. A snapshot is the whole tree.
 *
 * <p>Ratis calls it from one thread at a time; reads come from any.
 */
final class NamespaceStateMachine extends BaseStateMachine {

  private static final Message NOTHING = Message.EMPTY;

  private final NamespaceTree tree = new NamespaceTree();
  private final AppliedIndex applied = new AppliedIndex();
  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private volatile SnapshotInfo latestSnapshot;

  /** What has been applied here. */
  NamespaceView view() {
    return tree;
  }

  AppliedIndex applied() {
    return applied;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    storage.init(raftStorage);
    restore(storage.loadLatestSnapshot());
    getLifeCycle().startAndTransition(() -> {});
  }

  /** A snapshot of another region was put into the storage. */
  @Override
  public void reinitialize() throws IOException {
    restore(storage.loadLatestSnapshot());
    if (getLifeCycleState() == LifeCycle.State.PAUSED) {
      getLifeCycle().transition(LifeCycle.State.STARTING);
      getLifeCycle().transition(LifeCycle.State.RUNNING);
    }
  }

  @Override
  public void pause() {
    if (getLifeCycleState() == LifeCycle.State.RUNNING) {
      getLifeCycle().transition(LifeCycle.State.PAUSING);
      getLifeCycle().transition(LifeCycle.State.PAUSED);
    }
  }

  private void restore(SingleFileSnapshotInfo snapshot) throws IOException {
    if (snapshot == null) {
      return;
    }
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(snapshot.getFile().getPath()))) {
      tree.restore(in);
    }
    latestSnapshot = snapshot;
    setLastAppliedTermIndex(snapshot.getTermIndex());
    applied.advance(snapshot.getIndex());
  }

  /**
   * Asked for with every entry that is sent; the storage would list a directory until there is one.
   */
  @Override
  public SnapshotInfo getLatestSnapshot() {
    return latestSnapshot;
  }

  @Override
  public long takeSnapshot() throws IOException {
    TermIndex last = getLastAppliedTermIndex();
    File file = storage.getSnapshotFile(last.getTerm(), last.getIndex());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.toPath()))) {
      tree.snapshot(out);
    }
    MD5Hash digest = MD5FileUtil.computeAndSaveMd5ForFile(file);
    SingleFileSnapshotInfo snapshot =
        new SingleFileSnapshotInfo(new FileInfo(file.toPath(), digest), last);
    storage.updateLatestSnapshot(snapshot);
    latestSnapshot = snapshot;
    return last.getIndex();
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    ByteBuffer commands = entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer();
    applied.starting(entry.getIndex());
    ByteBuffer reply = Entry.of(Entry.split(commands).stream().map(this::apply).toList());
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    applied.advance(entry.getIndex());
    return CompletableFuture.completedFuture(
        Message.valueOf(UnsafeByteOperations.unsafeWrap(reply)));
  }

  private ByteBuffer apply(ByteBuffer command) {
    try {
      return Reply.done(tree.prepare(Entry.command(command)).get());
    } catch (NamespaceException e) {
      return Reply.refused(e);
    }
  }

  /** Entries that are no commands count as applied, too. */
  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    applied.advance(index);
  }

  /** Comes back when this replica is as new as the read demands; the tree is then read directly. */
  @Override
  public CompletableFuture<Message> query(Message request) {
    return CompletableFuture.completedFuture(NOTHING);
  }
}
