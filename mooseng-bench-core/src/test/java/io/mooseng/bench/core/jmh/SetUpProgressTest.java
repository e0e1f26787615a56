package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetUpProgressTest {

  private final List<String> lines = new ArrayList<>();
  private long nanos;

  @Test
  void speaksOnceASecond() {
    SetUpProgress progress = new SetUpProgress("files", 5_000, () -> nanos, lines::add);
    for (int i = 0; i < 5_000; i++) {
      nanos += 700_000;
      progress.step();
    }
    assertThat(lines)
        .containsExactly(
            "preparing: files, 1,429 of 5,000",
            "preparing: files, 2,858 of 5,000",
            "preparing: files, 4,287 of 5,000");
  }
}
