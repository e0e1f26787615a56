package io.mooseng.bench.multiregion.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.proto.CreateFileRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntryTest {

  private static final int RUNS = 300;
  private static final int MOST_MESSAGES = 40;
  private static final int MOST_BYTES = 50;

  private final SplittableRandom random = new SplittableRandom(42);

  private List<ByteBuffer> messages() {
    List<ByteBuffer> messages = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_MESSAGES);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
      random.nextBytes(bytes);
      bytes[0] = (byte) random.nextInt(10);
      messages.add(ByteBuffer.wrap(bytes));
    }
    return messages;
  }

  private static List<ByteBuffer> copies(List<ByteBuffer> messages) {
    return messages.stream().map(ByteBuffer::duplicate).toList();
  }

  @Test
  void whatWasPutTogetherComesApart() {
    for (int run = 0; run < RUNS; run++) {
      List<ByteBuffer> messages = messages();
      assertThat(Entry.split(Entry.of(copies(messages)).asReadOnlyBuffer())).isEqualTo(messages);
    }
  }

  /** Logs of before hold commands as they are, and so does the entry of a single one. */
  @Test
  void aSingleCommandIsAnEntry() {
    Command command = Command.now(CreateFileRequest.newBuilder().setName("a").build());
    ByteBuffer alone = ByteBuffer.wrap(command.encode());
    assertThat(Entry.of(List.of(alone.duplicate()))).isEqualTo(alone);
    assertThat(Entry.split(alone.duplicate()).stream().map(Entry::command))
        .containsExactly(command);
  }

  @Test
  void anEntryThatWasCutOffIsRefused() {
    ByteBuffer whole = Entry.of(List.of(ByteBuffer.allocate(5), ByteBuffer.allocate(7)));
    List<Integer> ends = List.of(1, 1 + Integer.BYTES + 5, whole.limit());
    for (int end = 1; end <= whole.limit(); end++) {
      ByteBuffer cut = whole.duplicate().limit(end);
      if (ends.contains(end)) {
        assertThat(Entry.split(cut)).hasSize(ends.indexOf(end));
      } else {
        assertThatThrownBy(() -> Entry.split(cut)).hasMessageContaining("cut off");
      }
    }
  }

  @Test
  void placesGrowWithTheOrderOfCommands() {
    assertThat(Place.of(7, 0)).isGreaterThan(Place.endOf(6));
    assertThat(Place.of(7, 1)).isGreaterThan(Place.of(7, 0));
    assertThat(Place.endOf(7)).isEqualTo(Place.of(7, Place.POSITIONS - 1));
    assertThat(Place.index(Place.endOf(7))).isEqualTo(7);
    assertThat(Place.index(0)).isZero();
  }
}
