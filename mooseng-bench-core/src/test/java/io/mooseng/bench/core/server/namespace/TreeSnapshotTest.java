package io.mooseng.bench.core.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.ChunkStatusReport;
import io.mooseng.bench.proto.CreateDirectoryRequest;
import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.DeleteDirectoryRequest;
import io.mooseng.bench.proto.DeleteFileRequest;
import io.mooseng.bench.proto.MetadataUpdate;
import io.mooseng.bench.proto.RenameFileRequest;
import io.mooseng.bench.proto.ReportChunkStatusRequest;
import io.mooseng.bench.proto.SetExtendedAttributesRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A tree that was restored goes on exactly as the one it was taken from. */
class TreeSnapshotTest {

  private static final int COMMANDS = 400;

  private static MetadataUpdate apply(NamespaceTree tree, Message request, int time) {
    try {
      return tree.prepare(new Command(Instant.EPOCH.plusSeconds(time), request)).get();
    } catch (NamespaceException e) {
      return MetadataUpdate.getDefaultInstance();
    }
  }

  private static Message command(SplittableRandom random) {
    long inode = random.nextLong(1, 40);
    String name = "n" + random.nextInt(12);
    return switch (random.nextInt(9)) {
      case 0, 1 -> CreateDirectoryRequest.newBuilder().setParent(inode).setName(name).build();
      case 2, 3 -> CreateFileRequest.newBuilder().setParent(inode).setName(name).build();
      case 4 -> DeleteFileRequest.newBuilder().setInode(inode).build();
      case 5 ->
          DeleteDirectoryRequest.newBuilder()
              .setInode(inode)
              .setRecursive(random.nextBoolean())
              .build();
      case 6 ->
          RenameFileRequest.newBuilder()
              .setInode(inode)
              .setNewParent(random.nextLong(1, 40))
              .setNewName(name)
              .build();
      case 7 -> AllocateChunkRequest.newBuilder().setInode(inode).setChunkIndex(0).build();
      default ->
          random.nextBoolean()
              ? SetExtendedAttributesRequest.newBuilder()
                  .setPath("/" + name)
                  .putXattrs("user.a", ByteString.copyFromUtf8(name))
                  .build()
              : ReportChunkStatusRequest.newBuilder()
                  .setServerId(1)
                  .addReports(
                      ChunkStatusReport.newBuilder()
                          .setChunkId(random.nextLong(1, 10))
                          .setVersion(random.nextInt(1, 4))
                          .setSize(random.nextInt(1_000))
                          .setStatus(ChunkStatus.CHUNK_STATUS_VALID))
                  .build();
    };
  }

  private static NamespaceTree copy(NamespaceTree tree) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tree.snapshot(bytes);
    NamespaceTree copy = new NamespaceTree();
    apply(copy, CreateFileRequest.newBuilder().setParent(1).setName("replaced").build(), 0);
    copy.restore(new ByteArrayInputStream(bytes.toByteArray()));
    return copy;
  }

  @Test
  void bothGoOnAlike() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      NamespaceTree original = new NamespaceTree();
      int snapshotAt = random.nextInt(COMMANDS);
      NamespaceTree copy = original;
      for (int i = 0; i < COMMANDS; i++) {
        if (i == snapshotAt) {
          copy = copy(original);
        }
        Message command = command(random);
        MetadataUpdate update = apply(original, command, i);
        if (copy != original) {
          assertThat(apply(copy, command, i)).as("seed %d, command %d", seed, i).isEqualTo(update);
        }
      }
      assertThat(copy.totals()).isEqualTo(original.totals());
      assertThat(copy.list(1, 0, 1_000)).isEqualTo(original.list(1, 0, 1_000));
    }
  }

  @Test
  void whatIsNoSnapshotChangesNothing() {
    NamespaceTree tree = new NamespaceTree();
    apply(tree, CreateFileRequest.newBuilder().setParent(1).setName("a").build(), 0);
    assertThatThrownBy(() -> tree.restore(new ByteArrayInputStream(new byte[] {0, 0, 0, 9})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 9");
    assertThatThrownBy(() -> tree.restore(new ByteArrayInputStream(new byte[8])))
        .isInstanceOf(IOException.class);
    assertThat(tree.totals().files()).isEqualTo(1);
  }
}
