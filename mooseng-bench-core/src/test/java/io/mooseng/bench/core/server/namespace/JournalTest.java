package io.mooseng.bench.core.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.proto.CreateFileRequest;
import io.mooseng.bench.proto.FileMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir Path directory;
  private Path file;
  private byte[] content;

  @BeforeEach
  void writeThreeRecords() throws IOException {
    file = directory.resolve("journal");
    try (Journal journal = Journal.open(file, record -> {})) {
      for (String record : List.of("first", "second", "third")) {
        journal.append(record.getBytes(StandardCharsets.US_ASCII));
      }
    }
    content = Files.readAllBytes(file);
  }

  private List<String> replayed() throws IOException {
    List<String> records = new ArrayList<>();
    Journal.open(file, record -> records.add(new String(record, StandardCharsets.US_ASCII)))
        .close();
    return records;
  }

  @Test
  void everyRecordIsReplayed() throws IOException {
    assertThat(replayed()).containsExactly("first", "second", "third");
  }

  @Test
  void aTornTailIsDroppedWhereverItWasTorn() throws IOException {
    int twoRecords = content.length - "third".length() - 8;
    for (int length = twoRecords; length < content.length; length++) {
      Files.write(file, Arrays.copyOf(content, length));
      assertThat(replayed()).as("%d bytes", length).containsExactly("first", "second");
      assertThat(Files.size(file)).isEqualTo(twoRecords);
    }
  }

  @Test
  void whatIsAppendedAfterATornTailIsReplayed() throws IOException {
    Files.write(file, Arrays.copyOf(content, content.length - 1));
    try (Journal journal = Journal.open(file, record -> {})) {
      journal.append("fourth".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(replayed()).containsExactly("first", "second", "fourth");
  }

  @Test
  void aTailOfZerosIsDropped() throws IOException {
    Files.write(file, Arrays.copyOf(content, content.length + 100_000));
    assertThat(replayed()).containsExactly("first", "second", "third");
  }

  @Test
  void damageBeforeTheEndIsAnError() throws IOException {
    content[10] ^= 1;
    Files.write(file, content);
    assertThatThrownBy(this::replayed)
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is damaged at byte 0 and cannot be replayed");
  }

  @Test
  void aNamespaceIsTheSameAfterAReplay() throws IOException {
    Path journal = directory.resolve("namespace");
    FileMetadata before;
    try (LocalNamespace namespace = LocalNamespace.inFile(journal, true)) {
      CreateFileRequest request =
          CreateFileRequest.newBuilder().setParent(NamespaceTree.ROOT).setName("file").build();
      before = namespace.submit(Command.now(request)).join().getFiles(0);
      assertThat(namespace.submit(Command.now(request)))
          .as("refused, and so not logged")
          .isCompletedExceptionally();
    }
    try (LocalNamespace namespace = LocalNamespace.inFile(journal, true)) {
      assertThat(namespace.view().join().byPath("/file").metadata()).isEqualTo(before);
    }
  }
}
