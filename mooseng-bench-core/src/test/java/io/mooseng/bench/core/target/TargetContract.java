package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.assertFails;
import static io.mooseng.bench.core.target.ContractFixture.bytes;
import static io.mooseng.bench.core.target.ContractFixture.listAll;
import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.read;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every driver must do, as seen by one thread. A test class of a driver implements this, or
 * {@link ConcurrentTargetContract}, and says how its driver is opened.
 */
public interface TargetContract extends PartsContract, PathsContract {

  /** A driver on an empty directory; the test closes it. */
  @Override
  TargetDriver openDriver() throws Exception;

  @ContractCheck
  default void saysWhoAnswers() throws Exception {
    try (TargetDriver driver = openDriver()) {
      assertThat(driver.identity().implementation()).isNotBlank();
      assertThat(driver.identity().address()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1024, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 3 << 20})
  @Timeout(60)
  default void readsWhatWasWritten(long size) throws Exception {
    try (TargetDriver driver = openDriver()) {
      Payload payload = payload(size);
      FileRef file = driver.write(driver.root(), "file", payload, trace());
      assertThat(driver.stat(file, trace())).isEqualTo(new FileInfo(size, false));
      assertThat(read(driver, file)).isEqualTo(bytes(payload));
      assertThat(read(driver, file)).as("a second read").isEqualTo(bytes(payload));
    }
  }

  @ContractCheck
  default void createdFileIsEmpty() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.create(driver.root(), "file", trace());
      assertThat(driver.stat(file, trace())).isEqualTo(new FileInfo(0, false));
      assertThat(read(driver, file)).isEmpty();
    }
  }

  @ContractCheck
  default void statsWithoutWaiting() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.write(driver.root(), "file", payload(1024), trace());
      CompletableFuture<FileInfo> found = driver.statAsync(file, trace());
      CompletableFuture<FileInfo> root = driver.statAsync(driver.root(), trace());
      driver.await(() -> found.isDone() && root.isDone());
      assertThat(found.join()).isEqualTo(new FileInfo(1024, false));
      assertThat(root.join().directory()).isTrue();
      driver.delete(file, trace());
      CompletableFuture<FileInfo> gone = driver.statAsync(file, trace());
      driver.await(gone::isDone);
      assertFails(FailureKind.NOT_FOUND, () -> unwrapped(gone));
    }
  }

  private static void unwrapped(CompletableFuture<?> future) throws Throwable {
    throw future.handle((value, failure) -> failure).get();
  }

  @ContractCheck
  default void clientsSeeTheSameFilesAndCloseAlone() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.write(driver.root(), "file", payload(1024), trace());
      try (TargetDriver first = driver.newClient()) {
        assertThat(first.identity().implementation()).isEqualTo(driver.identity().implementation());
        assertThat(read(first, file)).isEqualTo(bytes(payload(1024)));
        FileRef own;
        try (TargetDriver second = driver.newClient()) {
          own = second.write(second.root(), "own", payload(2048), trace());
        }
        assertThat(read(first, own)).isEqualTo(bytes(payload(2048)));
      }
      assertThat(listAll(driver, driver.root(), 10)).containsExactlyInAnyOrder("file", "own");
    }
  }

  @ContractCheck
  default void directoryIsNoFile() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef directory = driver.createDirectory(driver.root(), "directory", trace());
      driver.create(directory, "file", trace());
      assertThat(driver.stat(directory, trace())).isEqualTo(new FileInfo(0, true));
      assertThat(driver.stat(driver.root(), trace()).directory()).isTrue();
    }
  }

  @ContractCheck
  default void deletedFileIsNotFound() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef root = driver.root();
      FileRef file = driver.write(root, "file", payload(1024), trace());
      driver.delete(file, trace());
      assertFails(FailureKind.NOT_FOUND, () -> driver.read(file, frame -> {}, trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.stat(file, trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.delete(file, trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.rename(file, root, "other", trace()));
      assertThat(listAll(driver, root, 10)).isEmpty();
    }
  }

  @ContractCheck
  default void deletedNameIsFreeAgain() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef root = driver.root();
      driver.delete(driver.write(root, "file", payload(1024), trace()), trace());
      FileRef second = driver.write(root, "file", payload(2048), trace());
      assertThat(read(driver, second)).isEqualTo(bytes(payload(2048)));
    }
  }

  @ContractCheck
  default void findsWhatIsThere() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef root = driver.root();
      Payload payload = Payload.ofBytes("who made this".getBytes(StandardCharsets.UTF_8));
      FileRef directory = driver.createDirectory(root, "directory", trace());
      driver.write(directory, "file", payload, trace());
      FileRef found = driver.find(root, "directory", trace());
      assertThat(driver.stat(found, trace()).directory()).isTrue();
      assertThat(read(driver, driver.find(found, "file", trace()))).isEqualTo(bytes(payload));
      assertThat(driver.sameOwner(found, driver.find(found, "file", trace()))).isTrue();
      assertFails(FailureKind.NOT_FOUND, () -> driver.find(root, "file", trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.find(found, "directory", trace()));
    }
  }

  @ContractCheck
  default void nothingIsCreatedInDeletedDirectory() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef gone = driver.createDirectory(driver.root(), "directory", trace());
      driver.deleteTree(gone, trace());
      assertFails(FailureKind.NOT_FOUND, () -> driver.create(gone, "a", trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.write(gone, "a", payload(1), trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.createDirectory(gone, "a", trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.list(gone, 0, 10, trace()));
    }
  }

  @ContractCheck
  default void takenNameIsRefusedAndKept() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef root = driver.root();
      Payload kept = payload(1024);
      FileRef first = driver.write(root, "taken", kept, trace());
      FileRef other = driver.write(root, "other", payload(5), trace());
      FailureKind refused = FailureKind.ALREADY_EXISTS;
      assertFails(refused, () -> driver.create(root, "taken", trace()));
      assertFails(refused, () -> driver.write(root, "taken", payload(3), trace()));
      assertFails(refused, () -> driver.createDirectory(root, "taken", trace()));
      assertFails(refused, () -> driver.rename(other, root, "taken", trace()));
      assertThat(read(driver, first)).isEqualTo(bytes(kept));
      assertThat(read(driver, other)).isEqualTo(bytes(payload(5)));
      assertThat(listAll(driver, root, 10)).containsExactlyInAnyOrder("taken", "other");
    }
  }

  @ContractCheck
  default void nameOfDirectoryIsTaken() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef root = driver.root();
      driver.createDirectory(root, "taken", trace());
      FileRef other = driver.create(root, "other", trace());
      FailureKind refused = FailureKind.ALREADY_EXISTS;
      assertFails(refused, () -> driver.create(root, "taken", trace()));
      assertFails(refused, () -> driver.createDirectory(root, "taken", trace()));
      assertFails(refused, () -> driver.rename(other, root, "taken", trace()));
    }
  }

  @ContractCheck
  default void renamesWithinAndAcrossDirectories() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef root = driver.root();
      FileRef directory = driver.createDirectory(root, "directory", trace());
      Payload payload = payload(65_537);
      FileRef file = driver.write(root, "first", payload, trace());
      FileRef within = driver.rename(file, root, "second", trace());
      assertThat(listAll(driver, root, 10)).containsExactlyInAnyOrder("directory", "second");
      assertThat(read(driver, within)).isEqualTo(bytes(payload));
      FileRef across = driver.rename(within, directory, "third", trace());
      assertThat(listAll(driver, root, 10)).containsExactly("directory");
      assertThat(listAll(driver, directory, 10)).containsExactly("third");
      assertThat(read(driver, across)).isEqualTo(bytes(payload));
      driver.create(root, "first", trace());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "0,7",
    "0,1000",
    "1,1",
    "1,7",
    "1,1000",
    "10,1",
    "10,7",
    "10,10",
    "10,1000",
    "257,1",
    "257,7",
    "257,257",
    "257,1000"
  })
  @Timeout(60)
  default void pagesHoldEachEntryOnce(int entries, int limit) throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef directory = driver.createDirectory(driver.root(), "directory", trace());
      List<String> created = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        created.add("entry-" + i);
        driver.create(directory, "entry-" + i, trace());
      }
      assertThat(listAll(driver, directory, limit)).containsExactlyInAnyOrderElementsOf(created);
    }
  }

  @ContractCheck
  default void deletesTree() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef top = driver.createDirectory(driver.root(), "top", trace());
      FileRef inner = driver.createDirectory(top, "inner", trace());
      driver.createDirectory(inner, "empty", trace());
      FileRef deep = driver.write(inner, "file", payload(1024), trace());
      FileRef beside = driver.write(driver.root(), "beside", payload(1024), trace());
      driver.deleteTree(top, trace());
      assertFails(FailureKind.NOT_FOUND, () -> driver.stat(deep, trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.stat(top, trace()));
      assertFails(FailureKind.NOT_FOUND, () -> driver.deleteTree(top, trace()));
      assertThat(listAll(driver, driver.root(), 10)).containsExactly("beside");
      assertThat(read(driver, beside)).isEqualTo(bytes(payload(1024)));
    }
  }

  @ContractCheck
  default void readsManyAtOnceWithoutWaiting() throws Exception {
    try (TargetDriver driver = openDriver()) {
      Payload payload = payload((1 << 20) + 1);
      FileRef file = driver.write(driver.root(), "file", payload, trace());
      AtomicInteger completed = new AtomicInteger();
      List<ContractFixture.Collector> collectors = new ArrayList<>();
      List<CompletableFuture<Void>> reads = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ContractFixture.Collector collector = new ContractFixture.Collector();
        collectors.add(collector);
        reads.add(
            driver
                .readAsync(file, collector, trace())
                .whenComplete((done, error) -> completed.incrementAndGet()));
      }
      driver.await(() -> completed.get() == 40);
      assertThat(reads).allMatch(read -> !read.isCompletedExceptionally());
      byte[] expected = bytes(payload);
      assertThat(collectors).allSatisfy(c -> assertThat(c.bytes()).isEqualTo(expected));
    }
  }

  @ContractCheck
  default void statsManyAtOnceWithoutWaiting() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.write(driver.root(), "file", payload(1_000), trace());
      AtomicInteger completed = new AtomicInteger();
      List<CompletableFuture<FileInfo>> stats = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        stats.add(
            driver
                .statAsync(i % 2 == 0 ? file : driver.root(), trace())
                .whenComplete((done, error) -> completed.incrementAndGet()));
      }
      driver.await(() -> completed.get() == 100);
      for (int i = 0; i < 100; i++) {
        assertThat(stats.get(i).join())
            .isEqualTo(i % 2 == 0 ? new FileInfo(1_000, false) : new FileInfo(0, true));
      }
      driver.delete(file, trace());
      assertNotFound(driver, driver.statAsync(file, trace()));
    }
  }

  private static void assertNotFound(TargetDriver driver, CompletableFuture<?> operation)
      throws InterruptedException {
    driver.await(operation::isDone);
    assertThatThrownBy(operation::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            OperationException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
  }

  @ContractCheck
  default void readWithoutWaitingFailsByKind() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.create(driver.root(), "file", trace());
      driver.delete(file, trace());
      assertNotFound(driver, driver.readAsync(file, frame -> {}, trace()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with spaces in it",
        " leading",
        "-rf",
        "a.b..c",
        "Grüße",
        "日本語",
        "🐢",
        "%2F",
        "~"
      })
  @Timeout(60)
  default void takesUnusualNames(String name) throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.write(driver.root(), name, payload(10), trace());
      assertThat(listAll(driver, driver.root(), 10)).containsExactly(name);
      assertThat(read(driver, file)).isEqualTo(bytes(payload(10)));
      FileRef directory = driver.createDirectory(driver.root(), name + name, trace());
      driver.rename(file, directory, name, trace());
      assertThat(listAll(driver, directory, 10)).containsExactly(name);
    }
  }
}
