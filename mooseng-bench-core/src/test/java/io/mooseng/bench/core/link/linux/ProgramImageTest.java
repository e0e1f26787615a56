package io.mooseng.bench.core.link.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramImageTest {

  @Test
  void splitsACommandLineAtItsZeroBytesAlone() {
    byte[] words = "java\0-jar\0a b.jar\0\0-p\0x=1,\n2\0".getBytes(StandardCharsets.UTF_8);

    List<String> split =
        ProgramImage.split(words).stream()
            .map(word -> new String(word, StandardCharsets.UTF_8))
            .toList();

    assertThat(split).containsExactly("java", "-jar", "a b.jar", "", "-p", "x=1,\n2");
  }
}
