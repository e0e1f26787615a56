package io.mooseng.bench.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which names files have in traces. */
class DirectoryNamesTest {

  private static final int STEPS = 3 * DirectoryNames.MOST_KNOWN;

  private final DirectoryNames names = new DirectoryNames();

  @Test
  void aFreeNameIsKept() {
    assertThat(names.free("f")).isEqualTo("f");
    names.take("f");
    names.release("f");
    assertThat(names.free("f")).isEqualTo("f");
  }

  @Test
  void aTakenNameIsNumbered() {
    assertThat(names.unused("f")).isEqualTo("f");
    assertThat(names.unused("f")).isEqualTo("f~2");
    assertThat(names.free("f")).isEqualTo("f~3");
    assertThat(names.missing("f")).isEqualTo("f~4").isEqualTo(names.missing("f"));
  }

  /** However many there are, more than are remembered: of names like numbered ones, too. */
  @Test
  void noNameIsGivenWhereAReplayWouldFindIt() {
    Random random = new Random(1);
    Set<String> taken = new HashSet<>();
    Set<String> everUsed = new HashSet<>();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      String wanted = "f" + random.nextInt(STEPS) + (random.nextBoolean() ? "" : "~" + i);
      switch (random.nextInt(4)) {
        case 0 -> {
          String unused = names.unused(wanted);
          assertThat(everUsed.add(unused)).as(unused).isTrue();
          taken.add(unused);
          files.add(unused);
        }
        case 1 -> {
          String free = names.free(wanted);
          names.take(free);
          assertThat(taken.add(free)).as(free).isTrue();
          everUsed.add(free);
          files.add(free);
        }
        case 2 -> {
          String missing = names.missing(wanted);
          // AssertJ's own looks at each of them.
          assertThat(taken.contains(missing)).as(missing).isFalse();
          everUsed.add(missing);
        }
        default -> {
          if (!files.isEmpty()) {
            String removed = files.remove(random.nextInt(files.size()));
            names.release(removed);
            taken.remove(removed);
          }
        }
      }
    }
  }
}
