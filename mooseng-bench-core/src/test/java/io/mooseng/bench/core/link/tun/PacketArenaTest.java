package io.mooseng.bench.core.link.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.link.linux.NativeAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PacketArenaTest {

  private static final int ROOM = 5 * PacketArena.LARGEST;

  @BeforeEach
  void needsNativeMemory() {
    assumeTrue(
        NativeAccess.obstacle().isEmpty(), () -> NativeAccess.obstacle().orElseThrow().missing());
  }

  /** A packet as a model keeps it. */
  private record Kept(long number, int length, byte content) {}

  /** Whatever comes and goes in whatever order, no packet ever changes. */
  @RepeatedTest(20)
  void keepsPacketsUntilTheyAreReleased(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Kept> kept = new ArrayList<>();
    try (PacketArena arena = new PacketArena(ROOM)) {
      for (int step = 0; step < 20_000; step++) {
        boolean adds = random.nextInt(100) < 51;
        int offset = adds ? arena.reserve() : -1;
        if (offset >= 0) {
          assertThat(offset + PacketArena.LARGEST).isLessThanOrEqualTo(ROOM);
          int length = 1 + random.nextInt(random.nextInt(10) == 0 ? PacketArena.LARGEST : 200);
          byte content = (byte) random.nextInt();
          fill(arena, offset, length, content);
          kept.add(new Kept(arena.keep(offset, length), length, content));
        } else if (!kept.isEmpty()) {
          Kept gone = kept.remove(random.nextInt(Math.min(8, kept.size())));
          assertUnchanged(arena, gone);
          arena.release(gone.number());
        }
      }
      kept.forEach(each -> assertUnchanged(arena, each));
      kept.forEach(each -> arena.release(each.number()));
      assertThat(arena.held()).isZero();
      assertThat(arena.reserve()).isZero();
    }
  }

  private static void fill(PacketArena arena, int offset, int length, byte content) {
    for (int i = 0; i < length; i++) {
      arena.bytes().put(offset + i, content);
    }
  }

  private static void assertUnchanged(PacketArena arena, Kept kept) {
    assertThat(arena.length(kept.number())).isEqualTo(kept.length());
    int offset = arena.offset(kept.number());
    assertThat(arena.bytes().get(offset)).isEqualTo(kept.content());
    assertThat(arena.bytes().get(offset + kept.length() - 1)).isEqualTo(kept.content());
  }

  @Test
  void isFullBeforeItWouldOverwriteAnything() {
    try (PacketArena arena = new PacketArena(ROOM)) {
      int packets = 0;
      while (arena.reserve() >= 0) {
        arena.keep(arena.reserve(), PacketArena.LARGEST);
        packets++;
      }
      assertThat(packets).isEqualTo(5);

      arena.release(0);
      assertThat(arena.reserve()).as("what two packets leave is needed").isEqualTo(-1);
      arena.release(1);
      assertThat(arena.reserve()).isZero();
    }
  }

  @Test
  void aPacketStaysForItsLastReference() {
    try (PacketArena arena = new PacketArena(ROOM)) {
      long packet = arena.keep(arena.reserve(), 100);
      arena.addReference(packet);

      arena.release(packet);
      assertThat(arena.held()).isEqualTo(1);
      arena.release(packet);
      assertThat(arena.held()).isZero();
    }
  }
}
