package io.mooseng.bench.multiregion.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import io.mooseng.bench.core.server.namespace.NamespaceTree;
import io.mooseng.bench.multiregion.replica.CommandBatches.Applied;
import io.mooseng.bench.multiregion.replica.CommandBatches.Ordered;
import io.mooseng.bench.proto.CreateFileRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** On a log that does what the test says, when it says so. */
class CommandBatchesTest {

  private static final int AT_ONCE = 8;

  private final NamespaceTree tree = new NamespaceTree();
  private final List<List<Command>> entries = new ArrayList<>();
  private final List<CompletableFuture<Ordered>> log = new ArrayList<>();
  private final CommandBatches batches = new CommandBatches(this::append);

  private CompletableFuture<Ordered> append(ByteBuffer entry) {
    entries.add(Entry.split(entry).stream().map(Entry::command).toList());
    log.add(new CompletableFuture<>());
    return log.get(log.size() - 1);
  }

  private void apply(int entry) {
    ByteBuffer reply = Entry.of(entries.get(entry).stream().map(this::replyTo).toList());
    log.get(entry).complete(new Ordered(entry, reply));
  }

  private ByteBuffer replyTo(Command command) {
    try {
      return Reply.done(tree.prepare(command).get());
    } catch (NamespaceException e) {
      return Reply.refused(e);
    }
  }

  private CompletableFuture<Applied> create(String name) {
    long root = tree.byPath("/").metadata().getInode();
    return batches.order(
        Command.now(CreateFileRequest.newBuilder().setParent(root).setName(name).build()));
  }

  @Test
  void aCommandThatIsAloneIsSentAtOnce() {
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Applied> created = create("file" + i);
      assertThat(entries).hasSize(i + 1);
      apply(i);
      assertThat(created).isCompletedWithValueMatching(applied -> applied.update() != null);
    }
  }

  @Test
  void whatComesWhileOthersAreUnderWayIsSentTogether() {
    List<CompletableFuture<Applied>> created = new ArrayList<>();
    for (int i = 0; i < AT_ONCE + 300; i++) {
      created.add(create("file" + i));
    }
    assertThat(entries).hasSize(AT_ONCE).allMatch(entry -> entry.size() == 1);
    apply(0);
    assertThat(entries).hasSize(AT_ONCE + 1);
    assertThat(entries.get(AT_ONCE)).hasSize(Place.POSITIONS);
    apply(1);
    assertThat(entries.get(AT_ONCE + 1)).hasSize(300 - Place.POSITIONS);
    apply(AT_ONCE);
    assertThat(created.get(AT_ONCE + 3).join().place()).isEqualTo(Place.of(AT_ONCE, 3));
  }

  /** Every command is answered, and what is in the tree is what was not refused. */
  @Test
  void everyCommandGetsItsOwnAnswer() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> names = new ArrayList<>();
    List<CompletableFuture<Applied>> created = new ArrayList<>();
    int applied = 0;
    while (names.size() < 3_000 || applied < log.size()) {
      if (names.size() < 3_000 && random.nextInt(4) > 0) {
        names.add("name" + random.nextInt(2_000));
        created.add(create(names.get(names.size() - 1)));
      } else if (applied < log.size() && random.nextInt(20) == 0) {
        apply(applied++);
      }
    }
    assertThat(created).allMatch(CompletableFuture::isDone);
    long refused = created.stream().filter(CompletableFuture::isCompletedExceptionally).count();
    assertThat(created.size() - refused).isEqualTo(names.stream().distinct().count());
    for (int i = 0; i < names.size(); i++) {
      boolean first = names.indexOf(names.get(i)) == i;
      assertThat(created.get(i).isCompletedExceptionally()).isNotEqualTo(first);
      if (first) {
        long inode = created.get(i).join().update().getFiles(0).getInode();
        assertThat(tree.byPath("/" + names.get(i)).metadata().getInode()).isEqualTo(inode);
      }
    }
    assertThat(entries).anyMatch(entry -> entry.size() > 10);
  }

  @Test
  void aRefusalIsOneCommandsAndAFailureIsOfAllThatWentTogether() {
    for (int i = 0; i < AT_ONCE; i++) {
      create("file" + i);
    }
    CompletableFuture<Applied> refused = create("file0");
    CompletableFuture<Applied> done = create("other");
    CompletableFuture<Applied> third = create("third");
    apply(0);
    apply(AT_ONCE);
    assertThat(done).isCompleted();
    assertThat(third).isCompleted();
    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(NamespaceException.class)
        .cause()
        .extracting(e -> ((NamespaceException) e).code())
        .isEqualTo(Status.Code.ALREADY_EXISTS);
    CompletableFuture<Applied> lost = create("lost");
    log.get(AT_ONCE + 1).completeExceptionally(new IOException("nobody leads"));
    assertThatThrownBy(lost::join).hasMessageContaining("nobody leads");
    assertThat(create("next")).isNotDone();
    assertThat(entries.get(AT_ONCE + 2)).hasSize(1);
  }

  @Test
  void aLogThatThrowsFailsTheCommandAndTakesTheNext() {
    CommandBatches broken =
        new CommandBatches(
            entry -> {
              throw new IllegalStateException("closed");
            });
    for (int i = 0; i < 2 * AT_ONCE; i++) {
      CompletableFuture<Applied> failed =
          broken.order(Command.now(CreateFileRequest.newBuilder().setName("a").build()));
      assertThatThrownBy(failed::join).hasMessageContaining("closed");
    }
  }
}
