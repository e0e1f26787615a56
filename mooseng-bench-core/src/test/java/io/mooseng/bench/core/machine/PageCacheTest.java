package io.mooseng.bench.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCacheTest {

  @TempDir Path root;

  private PageCache cache() {
    return new PageCache(new SystemFiles(root));
  }

  private void says(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void whatAProcessFetchedIsNotWhatItRead() throws IOException {
    says("proc/12/io", "rchar: 900\nwchar: 7\nread_bytes: 4096\nwrite_bytes: 8192\n");

    assertThat(cache().bytesFetched(12)).hasValue(4096L);
  }

  @Test
  void aThreadIsCountedApartFromItsProcess() throws IOException {
    says("proc/thread-self/io", "rchar: 900\nread_bytes: 512\n");

    assertThat(cache().bytesFetchedByThisThread()).hasValue(512L);
  }

  @Test
  void aProcessThatIsGoneOrDoesNotTellHasNoCount() throws IOException {
    says("proc/13/io", "rchar: 900\n");

    assertThat(cache().bytesFetched(12)).isEmpty();
    assertThat(cache().bytesFetched(13)).isEmpty();
  }
}
