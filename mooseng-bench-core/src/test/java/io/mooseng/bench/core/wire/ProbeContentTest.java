package io.mooseng.bench.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeContentTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 1000, 65_537, ProbeContent.MOST_BYTES})
  void whatIsShorterIsTheBeginningOfWhatIsLonger(int length) {
    ProbeContent content = ProbeContent.of(5, length);
    assertThat(content.first(length).size()).isEqualTo(length);
    ProbeContent longest = ProbeContent.of(5, ProbeContent.MOST_BYTES);
    assertThat(longest.first(length)).isEqualTo(content.first(length));
    assertThat(longest.covers(5, length)).isTrue();
  }

  @Test
  void seedsMakeAllTheDifference() {
    assertThat(ProbeContent.of(1, 64).first(64)).isNotEqualTo(ProbeContent.of(2, 64).first(64));
    assertThat(ProbeContent.of(1, 64).covers(2, 64)).isFalse();
    assertThat(ProbeContent.of(1, 64).covers(1, 65)).isFalse();
  }

  @Test
  void doesNotCompress() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      ProbeContent.of(3, 1 << 20).first(1 << 20).writeTo(gzip);
    }
    assertThat(packed.size()).isGreaterThan(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, ProbeContent.MOST_BYTES + 1})
  void refusesWhatNoMessageHolds(int length) {
    assertThatThrownBy(() -> ProbeContent.of(1, length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accepted: 0 to 4194304 B");
  }
}
