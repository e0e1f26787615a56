package io.mooseng.bench.core.target.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.target.ListPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioListingsTest {

  private static final int ENTRIES = 25;

  /** Of one directory stream of the JDK on Linux: it lists one and resolves names by the other. */
  private static final int DESCRIPTORS = 2;

  @TempDir Path directory;

  private final NioListings listings = new NioListings();

  @BeforeEach
  void make() throws IOException {
    fill(directory);
  }

  @AfterEach
  void close() throws IOException {
    listings.close();
  }

  private static void fill(Path directory) throws IOException {
    for (int i = 0; i < ENTRIES; i++) {
      Files.createFile(directory.resolve("entry-" + i));
    }
  }

  private List<String> names(Path listed, long offset, int limit) throws IOException {
    return listings.page(listed, offset, limit).entries().stream()
        .map(ListPage.Entry::name)
        .toList();
  }

  private List<String> all(Path listed, int limit) throws IOException {
    List<String> names = new ArrayList<>();
    ListPage page;
    long offset = 0;
    do {
      page = listings.page(listed, offset, limit);
      page.entries().forEach(entry -> names.add(entry.name()));
      offset = page.nextOffset();
    } while (page.hasMore());
    return names;
  }

  /** How many directories, the test's and those below, this process has open. */
  private long open() throws IOException {
    return descriptors() / DESCRIPTORS;
  }

  private long descriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isOurs).count();
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false; // It was closed meanwhile.
    }
  }

  @Test
  void everyEntryComesOnceWhateverThePages() throws IOException {
    List<String> whole = names(directory, 0, 1000);
    assertThat(whole).doesNotHaveDuplicates().hasSize(ENTRIES);
    for (int limit : new int[] {1, 2, 5, 24, 25, 26}) {
      assertThat(all(directory, limit)).as("pages of " + limit).isEqualTo(whole);
    }
    assertThat(open()).isZero();
  }

  @Test
  void aDirectoryStaysOpenForItsNextPageAndNoLonger() throws IOException {
    listings.page(directory, 0, 10);
    assertThat(open()).isEqualTo(1);
    Files.delete(directory.resolve(names(directory, 10, 1).get(0)));
    // Read again from its start, the directory would have one entry less before this offset.
    assertThat(listings.page(directory, 11, ENTRIES).entries()).hasSize(ENTRIES - 11);
    assertThat(open()).isZero();
  }

  @Test
  void aPageThatFollowsNoOtherIsTheSame() throws IOException {
    List<String> whole = names(directory, 0, 1000);
    assertThat(names(directory, 7, 5)).isEqualTo(whole.subList(7, 12));
    assertThat(names(directory, 20, 1)).isEqualTo(whole.subList(20, 21));
    assertThat(names(directory, 0, 3)).isEqualTo(whole.subList(0, 3));
    assertThat(names(directory, ENTRIES, 3)).isEmpty();
    assertThat(names(directory, 1_000_000, 3)).isEmpty();
    assertThat(open()).isZero();
  }

  @Test
  void aListingFromTheStartSeesTheDirectoryAsItIsNow() throws IOException {
    listings.page(directory, 0, 10);
    Files.createFile(directory.resolve("new"));
    assertThat(names(directory, 0, 1000)).contains("new").hasSize(ENTRIES + 1);
    assertThat(open()).isZero();
  }

  @Test
  void threadsAndDirectoriesDoNotDisturbEachOther() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    fill(other);
    List<String> whole = names(directory, 0, 1000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> lists = new ArrayList<>();
      Callable<List<String>> listing = () -> all(directory, 3);
      for (int i = 0; i < 100; i++) {
        lists.add(threads.submit(listing));
      }
      List<String> between = new ArrayList<>();
      for (long offset = 0; offset <= ENTRIES; offset++) {
        between.addAll(names(directory, offset, 1));
        names(other, offset, 1);
      }
      assertThat(between).isEqualTo(whole);
      for (Future<List<String>> list : lists) {
        assertThat(list.get()).isEqualTo(whole);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void abandonedListingsAreFewAndCloseWithTheDriver() throws IOException {
    for (int i = 0; i < NioListings.MOST_OPEN + 10; i++) {
      Path one = Files.createDirectory(directory.resolve("directory-" + i));
      Files.createFile(one.resolve("a"));
      Files.createFile(one.resolve("b"));
      listings.page(one, 0, 1);
    }
    assertThat(open()).isEqualTo(NioListings.MOST_OPEN);
    listings.close();
    assertThat(open()).isZero();
  }
}
