package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.proto.AllocateChunkResponse;
import io.mooseng.bench.proto.CloseFileRequest;
import io.mooseng.bench.proto.CreateDirectoryRequest;
import io.mooseng.bench.proto.DeleteDirectoryRequest;
import io.mooseng.bench.proto.DeleteDirectoryResponse;
import io.mooseng.bench.proto.DirectoryEntry;
import io.mooseng.bench.proto.FileMetadata;
import io.mooseng.bench.proto.GetClusterStatusRequest;
import io.mooseng.bench.proto.GetExtendedAttributesRequest;
import io.mooseng.bench.proto.GetFileInfoRequest;
import io.mooseng.bench.proto.ListDirectoryRequest;
import io.mooseng.bench.proto.ListDirectoryResponse;
import io.mooseng.bench.proto.ListStorageClassesRequest;
import io.mooseng.bench.proto.OpenFileRequest;
import io.mooseng.bench.proto.OpenFileResponse;
import io.mooseng.bench.proto.RenameFileRequest;
import io.mooseng.bench.proto.SetExtendedAttributesRequest;
import io.mooseng.bench.proto.SetFileAttributesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rpcs of the master, over a real connection. */
@Timeout(60)
class TreeTest {

  private static final int RACERS = 32;

  private MooseNgServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = MooseNgServer.start(ServerSettings.inMemory());
    client = new Client(server);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  private FileMetadata rename(long inode, long parent, String name) {
    return client
        .master
        .renameFile(
            RenameFileRequest.newBuilder()
                .setSessionId(client.session)
                .setInode(inode)
                .setNewParent(parent)
                .setNewName(name)
                .build())
        .getMetadata();
  }

  private long mkdir(long parent, String name) {
    return client
        .master
        .createDirectory(
            CreateDirectoryRequest.newBuilder()
                .setSessionId(client.session)
                .setParent(parent)
                .setName(name)
                .setMode(0755)
                .build())
        .getMetadata()
        .getInode();
  }

  private ListDirectoryResponse list(long parent, long offset, int limit) {
    return client.master.listDirectory(
        ListDirectoryRequest.newBuilder()
            .setSessionId(client.session)
            .setParent(parent)
            .setOffset(offset)
            .setLimit(limit)
            .build());
  }

  private OpenFileResponse open(String path, int flags) {
    return client.master.openFile(
        OpenFileRequest.newBuilder()
            .setSessionId(client.session)
            .setPath(path)
            .setFlags(flags)
            .build());
  }

  private static void assertRefused(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).as(e.getMessage()).isEqualTo(code));
  }

  /** Runs the same call from many threads at once; answers how each ended. */
  private static List<Status.Code> race(IntFunction<?> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    CyclicBarrier start = new CyclicBarrier(RACERS);
    try {
      List<Future<Status.Code>> ends = new ArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        int racer = i;
        ends.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    call.apply(racer);
                    return Status.Code.OK;
                  } catch (StatusRuntimeException e) {
                    return e.getStatus().getCode();
                  }
                }));
      }
      List<Status.Code> codes = new ArrayList<>();
      for (Future<Status.Code> end : ends) {
        codes.add(end.get());
      }
      return codes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertOneWinner(List<Status.Code> codes) {
    assertThat(codes).filteredOn(Status.Code.OK::equals).hasSize(1);
    assertThat(codes).filteredOn(Status.Code.ALREADY_EXISTS::equals).hasSize(RACERS - 1);
  }

  @Test
  void ofManyRenamesOntoOneNameOneWins() throws Exception {
    List<Long> inodes = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      inodes.add(client.create("racer-" + i).getInode());
    }
    assertOneWinner(race(i -> rename(inodes.get(i), Client.ROOT, "goal")));
    assertThat(list(Client.ROOT, 0, 100).getEntriesList()).hasSize(RACERS);
  }

  @Test
  void ofManyRenamesOfOneFileOntoOneNameOneWins() throws Exception {
    long inode = client.create("file").getInode();
    assertOneWinner(race(i -> rename(inode, Client.ROOT, "goal")));
  }

  @Test
  void ofManyCreatesOfOneNameOneWins() throws Exception {
    assertOneWinner(race(i -> client.create("same")));
  }

  @Test
  void aListingNeitherHidesNorRepeatsWhileEntriesComeAndGo() {
    for (int i = 0; i < 10; i++) {
      client.create("old-" + i);
    }
    List<String> seen = new ArrayList<>();
    long offset = 0;
    for (int page = 0; ; page++) {
      ListDirectoryResponse answer = list(Client.ROOT, offset, 3);
      answer.getEntriesList().stream().map(DirectoryEntry::getName).forEach(seen::add);
      offset = answer.getNextOffset();
      if (page == 0) {
        rename(answer.getEntries(0).getMetadata().getInode(), mkdir(Client.ROOT, "aside"), "moved");
        client.create("new");
      }
      if (!answer.getHasMore()) {
        break;
      }
    }
    assertThat(seen)
        .containsExactly(
            "old-0", "old-1", "old-2", "old-3", "old-4", "old-5", "old-6", "old-7", "old-8",
            "old-9", "aside", "new");
  }

  @Test
  void aFullDirectoryIsDeletedOnlyRecursively() {
    long top = mkdir(Client.ROOT, "top");
    long inner = mkdir(top, "inner");
    rename(client.create("file").getInode(), inner, "file");
    DeleteDirectoryRequest request =
        DeleteDirectoryRequest.newBuilder().setSessionId(client.session).setInode(top).build();
    assertRefused(Status.Code.FAILED_PRECONDITION, () -> client.master.deleteDirectory(request));
    DeleteDirectoryResponse deleted =
        client.master.deleteDirectory(request.toBuilder().setRecursive(true).build());
    assertThat(deleted.getDeletedFiles()).isEqualTo(1);
    assertRefused(Status.Code.NOT_FOUND, () -> client.info(inner));
    var stats =
        client.master.getClusterStatus(GetClusterStatusRequest.getDefaultInstance()).getStats();
    assertThat(stats.getTotalFiles()).isZero();
    assertThat(stats.getTotalDirectories()).isZero();
  }

  @Test
  void aDirectoryCannotBeMovedIntoItself() {
    long top = mkdir(Client.ROOT, "top");
    long inner = mkdir(top, "inner");
    assertRefused(Status.Code.INVALID_ARGUMENT, () -> rename(top, inner, "loop"));
    assertThat(rename(inner, Client.ROOT, "out").getParent()).isEqualTo(Client.ROOT);
    assertThat(client.info(top).getMetadata().getNlink()).isEqualTo(2);
  }

  @Test
  void handlesComeFromOpenFileOnly() {
    long inode = client.create("file").getInode();
    OpenFileResponse opened = open("/file", 0);
    assertThat(opened.getMetadata().getInode()).isEqualTo(inode);
    CloseFileRequest close =
        CloseFileRequest.newBuilder()
            .setSessionId(client.session)
            .setFileHandle(opened.getFileHandle())
            .build();
    try (Client stranger = new Client(server)) {
      assertRefused(
          Status.Code.NOT_FOUND,
          () ->
              stranger.master.closeFile(close.toBuilder().setSessionId(stranger.session).build()));
    }
    assertThat(client.master.closeFile(close).getSuccess()).isTrue();
    assertRefused(Status.Code.NOT_FOUND, () -> client.master.closeFile(close));
    assertRefused(Status.Code.NOT_FOUND, () -> open("/missing", 0));
    assertRefused(Status.Code.INVALID_ARGUMENT, () -> open("/file", 0x40));
    assertRefused(Status.Code.FAILED_PRECONDITION, () -> open("/", 1));
    assertThat(open("/", 0).getMetadata().getInode()).isEqualTo(Client.ROOT);
  }

  @Test
  void attributesAreKept() {
    client.create("file");
    FileMetadata metadata =
        client
            .master
            .setFileAttributes(
                SetFileAttributesRequest.newBuilder().setPath("/file").setUid(7).build())
            .getMetadata();
    assertThat(metadata.getUid()).isEqualTo(7);
    assertThat(metadata.getMode()).isEqualTo(0644);
    ByteString value = ByteString.copyFromUtf8("v");
    client.master.setExtendedAttributes(
        SetExtendedAttributesRequest.newBuilder()
            .setPath("/file")
            .putXattrs("a", value)
            .putXattrs("b", value)
            .build());
    assertThat(
            client
                .master
                .getExtendedAttributes(
                    GetExtendedAttributesRequest.newBuilder()
                        .setPath("/file")
                        .addNames("b")
                        .addNames("c")
                        .build())
                .getXattrsMap())
        .containsOnlyKeys("b");
  }

  @Test
  void chunksAreAllocatedWithoutHoles() {
    long inode = client.create("file").getInode();
    assertRefused(Status.Code.INVALID_ARGUMENT, () -> client.allocate(inode, 1));
    AllocateChunkResponse first = client.allocate(inode, 0);
    assertThat(client.allocate(inode, 0)).isEqualTo(first);
    assertThat(first.getWriteLocations(0).getServerPort()).isEqualTo(server.port());
  }

  @Test
  void namesThatAreNoneAreRefused() {
    for (String name : List.of("", ".", "..", "a/b", "n".repeat(256))) {
      assertRefused(Status.Code.INVALID_ARGUMENT, () -> client.create(name));
    }
  }

  @Test
  void aCallNeedsASession() {
    for (long session : new long[] {0, 42}) {
      assertRefused(
          Status.Code.UNAUTHENTICATED,
          () ->
              client.master.getFileInfo(
                  GetFileInfoRequest.newBuilder().setSessionId(session).setInode(1).build()));
    }
  }

  @Test
  void theServerSaysWhatItIs() {
    assertThat(
            client.opened.getSessionInfo().getOptions().getCustomOptionsMap().get("implementation"))
        .startsWith("MooseNG Bench embedded server ");
  }

  @Test
  void whatIsNotImplementedSaysSo() {
    assertRefused(
        Status.Code.UNIMPLEMENTED,
        () -> client.master.listStorageClasses(ListStorageClassesRequest.getDefaultInstance()));
  }
}
